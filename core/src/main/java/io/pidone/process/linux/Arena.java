package io.pidone.process.linux;

import io.pidone.process.NativeText;
import java.util.Arrays;
import java.util.List;

/** Native memory for one call, freed together. For one thread. */
final class Arena implements AutoCloseable {

    private final Libc libc;
    private long[] blocks = new long[16];
    private int count;

    Arena(Libc libc) {
        this.libc = libc;
    }

    long allocate(int bytes) {
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * count);
        }
        long address = libc.allocate(bytes);
        blocks[count++] = address;
        return address;
    }

    /** A C string. */
    long string(String text) {
        byte[] bytes = NativeText.encode(text);
        long address = allocate(bytes.length + 1);
        libc.putBytes(address, bytes, bytes.length);
        return address;
    }

    /** A {@code char *[]} that ends with NULL. */
    long strings(List<String> texts) {
        long array = allocate(8 * (texts.size() + 1));
        for (int i = 0; i < texts.size(); i++) {
            libc.putLong(array + 8L * i, string(texts.get(i)));
        }
        return array;
    }

    @Override
    public void close() {
        while (count > 0) {
            libc.free(blocks[--count]);
        }
    }
}
