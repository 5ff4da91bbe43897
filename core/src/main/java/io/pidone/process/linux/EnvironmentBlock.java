package io.pidone.process.linux;

import io.pidone.process.Environment;
import io.pidone.process.NativeText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds a child's {@code envp}: entries that do not change are passed on as the pointers they are. */
final class EnvironmentBlock {

    private final Libc libc;
    private final Arena arena;
    private final Optional<String> hidden;
    private final Set<String> dropped;
    private final byte[] one = new byte[1];

    /** Entries of the process's own environment lose the prefix of hidden ones, and some are dropped. */
    EnvironmentBlock(Libc libc, Arena arena, Optional<String> hidden, Set<String> dropped) {
        this.libc = libc;
        this.arena = arena;
        this.hidden = hidden;
        this.dropped = dropped;
    }

    /** A copy of a block in memory that is never freed, and the array of its entries. */
    static long entriesOf(Libc libc, byte[] block) {
        long text = libc.allocate(block.length + 1);
        libc.putBytes(text, block, block.length);
        int count = 0;
        for (byte b : block) {
            count += b == 0 ? 1 : 0;
        }
        long entries = libc.allocate(8 * (count + 1));
        int from = 0;
        int entry = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == 0) {
                libc.putLong(entries + 8L * entry++, text + from);
                from = i + 1;
            }
        }
        return entries;
    }

    long build(Environment environment, long own) {
        long base = environment.base().isPresent() ? arena.strings(environment.base().get()) : own;
        int count = 0;
        while (libc.getLong(base + 8L * count) != 0) {
            count++;
        }
        Map<String, String> changes = new LinkedHashMap<>();
        for (String change : environment.changes()) {
            changes.put(nameOf(change), change);
        }
        long block = arena.allocate(8 * (count + changes.size() + 1));
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long entry = libc.getLong(base + 8L * i);
            if (!named(entry, changes.keySet()) && !named(entry, dropped)) {
                libc.putLong(block + 8L * kept++, revealed(entry));
            }
        }
        for (String change : changes.values()) {
            if (change.indexOf('=') >= 0) {
                libc.putLong(block + 8L * kept++, arena.string(change));
            }
        }
        return block;
    }

    private static String nameOf(String change) {
        int equals = change.indexOf('=');
        return equals < 0 ? change : change.substring(0, equals);
    }

    private boolean named(long entry, Set<String> names) {
        for (String name : names) {
            if (startsWith(entry, name + '=')) {
                return true;
            }
        }
        return false;
    }

    private long revealed(long entry) {
        return hidden.isPresent() && startsWith(entry, hidden.get()) ? entry + hidden.get().length() : entry;
    }

    /** Reads no further than they are equal. */
    private boolean startsWith(long entry, String text) {
        byte[] bytes = NativeText.encode(text);
        for (int i = 0; i < bytes.length; i++) {
            if (byteAt(entry + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private byte byteAt(long address) {
        libc.getBytes(address, one, 1);
        return one[0];
    }
}
