package io.pidone.cron;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines. One that is longer than 64 KiB comes in pieces; what is not yet a line waits in a
 * buffer that is as big as it must be. For one thread.
 */
final class LineCutter {

    /** As much as a pipe holds, and as supercronic's pieces. */
    static final int LONGEST = 64 << 10;

    private static final int FIRST_BYTES = 256;
    private static final byte[] NOTHING = {};

    /** Told of each line, without its newline; the bytes are valid during the call. */
    @FunctionalInterface
    interface Lines {

        void line(byte[] bytes, int from, int to, boolean cut);
    }

    private final Lines lines;
    private byte[] begun = NOTHING;
    private int length;

    LineCutter(Lines lines) {
        this.lines = lines;
    }

    /** Takes the next bytes. */
    void add(byte[] bytes, int count) {
        int from = 0;
        for (int at = 0; at < count; at++) {
            if (bytes[at] == '\n') {
                complete(bytes, from, at);
                from = at + 1;
            } else if (length + at - from == LONGEST) {
                hand(bytes, from, at, true);
                from = at;
            }
        }
        keep(bytes, from, count);
    }

    private void complete(byte[] bytes, int from, int to) {
        if (to > from) {
            hand(bytes, from, bytes[to - 1] == '\r' ? to - 1 : to, false);
        } else {
            hand(bytes, from, to, false);
        }
    }

    private void hand(byte[] bytes, int from, int to, boolean cut) {
        if (length == 0) {
            lines.line(bytes, from, to, cut);
            return;
        }
        keep(bytes, from, to);
        boolean carriageReturn = !cut && to == from && begun[length - 1] == '\r';
        int end = carriageReturn ? length - 1 : length;
        length = 0;
        lines.line(begun, 0, end, cut);
    }

    private void keep(byte[] bytes, int from, int to) {
        int count = to - from;
        if (length + count > begun.length) {
            begun = Arrays.copyOf(begun, Math.max(FIRST_BYTES, Integer.highestOneBit(length + count) << 1));
        }
        System.arraycopy(bytes, from, begun, length, count);
        length += count;
    }

    /** Hands over what has no newline yet. */
    void end() {
        if (length > 0) {
            int end = length;
            length = 0;
            lines.line(begun, 0, end, false);
        }
        begun = NOTHING;
    }
}
