package io.pidone.cron;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, without their newline and a carriage return before it. One that is longer than
 * 64 KiB comes in pieces. A line that lies in one chunk is not copied; one that has only begun waits in an array that
 * is as big as it must be. For one thread.
 */
final class LineCutter {

    /** As much as a pipe holds, and as supercronic's pieces. */
    static final int LONGEST = 64 << 10;

    /** What each may take whatever the others have. */
    private static final int FIRST_BYTES = 256;

    private static final byte[] NOTHING = {};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long NEWLINES = '\n' * ONES;

    /** Told of each line; the bytes are valid during the call. Must not throw. */
    @FunctionalInterface
    interface Lines {

        void line(byte[] bytes, int from, int to, boolean cut);
    }

    /**
     * The memory that many cutters share: where thousands of commands write without newlines, their lines come in
     * smaller pieces. For one thread.
     */
    static final class Room {

        private final int enough;
        private int left;

        /** So many bytes beyond the first 256 of each. */
        Room(int bytes) {
            left = bytes;
            enough = bytes / 2;
        }

        private boolean take(int bytes) {
            boolean granted = bytes <= left;
            left -= granted ? bytes : 0;
            return granted;
        }

        private void giveBack(int bytes) {
            left += bytes;
        }

        private boolean scarce() {
            return left < enough;
        }
    }

    private final Room room;
    private final Lines lines;
    private byte[] begun = NOTHING;
    private int length;

    LineCutter(Room room, Lines lines) {
        this.room = room;
        this.lines = lines;
    }

    /** Takes the next bytes. */
    void add(byte[] bytes, int count) {
        int from = 0;
        for (int newline = newline(bytes, 0, count); newline >= 0; newline = newline(bytes, from, count)) {
            complete(bytes, from, newline);
            from = newline + 1;
        }
        keep(bytes, from, count);
    }

    /** Eight bytes at a time: three times as fast as one at a time, with the JVM's first compiler alone, too. */
    private static int newline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long other = (long) LONGS.get(bytes, at) ^ NEWLINES;
            long found = other - ONES & ~other & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at < to ? at : -1;
    }

    private void complete(byte[] bytes, int from, int to) {
        if (length == 0 && to - from <= LONGEST) {
            lines.line(bytes, from, withoutReturn(bytes, from, to), false);
        } else {
            keep(bytes, from, to);
            hand(withoutReturn(begun, 0, length), false);
            if (begun.length > FIRST_BYTES && room.scarce()) {
                release();
            }
        }
    }

    private static int withoutReturn(byte[] bytes, int from, int to) {
        return to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    }

    private void hand(int to, boolean cut) {
        length = 0;
        lines.line(begun, 0, to, cut);
    }

    private void keep(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            int part = Math.min(to - at, capacity(length + to - at) - length);
            if (part == 0) {
                hand(length, true);
            }
            System.arraycopy(bytes, at, begun, length, part);
            length += part;
            at += part;
        }
    }

    /** How many bytes there is room for now; fewer than {@code wanted} if nobody may have as many. */
    private int capacity(int wanted) {
        int next = Math.min(LONGEST, Math.max(FIRST_BYTES, Integer.highestOneBit(wanted - 1) << 1));
        if (begun.length == 0) {
            begun = new byte[FIRST_BYTES];
        }
        if (next > begun.length && room.take(next - begun.length)) {
            begun = Arrays.copyOf(begun, next);
        }
        return begun.length;
    }

    /** Hands over what has no newline yet. */
    void end() {
        if (length > 0) {
            hand(withoutReturn(begun, 0, length), false);
        }
        release();
    }

    private void release() {
        room.giveBack(Math.max(0, begun.length - FIRST_BYTES));
        begun = NOTHING;
    }
}
