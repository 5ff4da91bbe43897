package io.pidone.process.posix;

import io.pidone.process.Environment;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.posix.POSIX;

/** The {@code envp} of a child. */
final class EnvironmentBlock {

    private EnvironmentBlock() {
    }

    static Pointer of(Environment environment, POSIX posix) {
        if (environment.base().isEmpty() && environment.changes().isEmpty()) {
            return posix.environ();
        }
        List<byte[]> entries = environment.base().map(CStrings::bytes).orElseGet(() -> own(posix.environ()));
        for (String change : environment.changes()) {
            apply(entries, change);
        }
        return CStrings.array(entries);
    }

    private static List<byte[]> own(Pointer environ) {
        List<byte[]> entries = new ArrayList<>();
        int pointer = LibC.RUNTIME.addressSize();
        for (int i = 0;; i++) {
            Pointer entry = environ.getPointer((long) i * pointer);
            if (entry == null || entry.address() == 0) {
                return entries;
            }
            byte[] bytes = new byte[entry.indexOf(0, (byte) 0)];
            entry.get(0, bytes, 0, bytes.length);
            entries.add(bytes);
        }
    }

    private static void apply(List<byte[]> entries, String change) {
        int equals = change.indexOf('=');
        byte[] prefix = CStrings.bytes(equals < 0 ? change + '=' : change.substring(0, equals + 1));
        entries.removeIf(entry -> startsWith(entry, prefix));
        if (equals >= 0) {
            entries.add(CStrings.bytes(change));
        }
    }

    private static boolean startsWith(byte[] entry, byte[] prefix) {
        if (entry.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (entry[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
