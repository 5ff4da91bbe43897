package io.pidone.procfs;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * The figures of one {@code /proc/PID/stat}, see proc_pid_stat(5), in an object that is read into again and again. For
 * one thread.
 *
 * <p>The second field, the name, may hold any byte, spaces, parentheses and newlines included; only the last {@code )}
 * of the file is sure to end it.
 */
final class StatLine {

    /** The longest are near 400 bytes: 52 numbers and a name of up to 63 bytes; those read here stand in front. */
    private static final int BUFFER_BYTES = 1024;

    private static final int PPID = 4;
    private static final int PGID = 5;
    private static final int SID = 6;
    private static final int THREADS = 20;
    private static final int START_TIME = 22;

    private final byte[] buffer = new byte[BUFFER_BYTES];

    private char state;
    private int ppid;
    private int pgid;
    private int sid;
    private int threads;
    private long startTicks;

    /**
     * Reads the file.
     *
     * @return false if there is none any more (the process has ended), if it may not be read, or if it is no such file
     */
    boolean read(File file) {
        try (FileInputStream stream = new FileInputStream(file)) {
            int length = 0;
            int read;
            while (length < buffer.length && (read = stream.read(buffer, length, buffer.length - length)) > 0) {
                length += read;
            }
            return parse(length);
        } catch (IOException ended) {
            // ENOENT and ESRCH: it ended between listing and reading; EACCES: hidepid. Neither is an error here.
            return false;
        }
    }

    private boolean parse(int length) {
        int at = length - 1;
        while (at >= 0 && buffer[at] != ')') {
            at--;
        }
        if (at < 0 || at + 3 >= length) {
            return false;
        }
        state = (char) buffer[at + 2];
        at += 4;
        for (int field = PPID; field <= START_TIME; field++) {
            boolean negative = at < length && buffer[at] == '-';
            if (negative) {
                at++;
            }
            long value = 0;
            int first = at;
            while (at < length && buffer[at] >= '0' && buffer[at] <= '9') {
                value = value * 10 + buffer[at++] - '0';
            }
            if (at == first) {
                return false;
            }
            at++;
            store(field, negative ? -value : value);
        }
        return true;
    }

    private void store(int field, long value) {
        switch (field) {
            case PPID -> ppid = (int) value;
            case PGID -> pgid = (int) value;
            case SID -> sid = (int) value;
            case THREADS -> threads = (int) value;
            case START_TIME -> startTicks = value;
            default -> {
                // not asked for
            }
        }
    }

    char state() {
        return state;
    }

    int ppid() {
        return ppid;
    }

    int pgid() {
        return pgid;
    }

    int sid() {
        return sid;
    }

    /**
     * Ended and waiting to be reaped. A process whose first thread has ended while others run shows {@code Z}, too, and
     * cannot be reaped: it is none.
     */
    boolean zombie() {
        return state == 'Z' && threads <= 1;
    }

    /** When the process started, in ticks of a hundredth of a second since boot. */
    long startTicks() {
        return startTicks;
    }
}
