package io.pidone.process.posix;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/** Strings as C wants them: bytes that end with NUL, and arrays of pointers to them that end with a null pointer. */
final class CStrings {

    private static final Charset CHARSET = platformCharset();

    private CStrings() {
    }

    /** The one that the JVM decodes arguments with; UTF-8 where that is ASCII (the C locale). */
    private static Charset platformCharset() {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    static byte[] bytes(String text) {
        return text.getBytes(CHARSET);
    }

    static List<byte[]> bytes(List<String> texts) {
        List<byte[]> all = new ArrayList<>(texts.size());
        for (String text : texts) {
            all.add(bytes(text));
        }
        return all;
    }

    static Pointer of(String text) {
        byte[] bytes = bytes(text);
        Pointer memory = LibC.allocate(bytes.length + 1);
        memory.put(0, bytes, 0, bytes.length);
        return memory;
    }

    /** The array and its strings in one piece of memory, so that one reference keeps all of it. */
    static Pointer array(List<byte[]> strings) {
        int pointer = LibC.RUNTIME.addressSize();
        int size = pointer * (strings.size() + 1);
        int offset = size;
        for (byte[] string : strings) {
            size += string.length + 1;
        }
        Pointer memory = LibC.allocate(size);
        for (int i = 0; i < strings.size(); i++) {
            byte[] string = strings.get(i);
            memory.putAddress((long) i * pointer, memory.address() + offset);
            memory.put(offset, string, 0, string.length);
            offset += string.length + 1;
        }
        return memory;
    }
}
