package io.pidone.process.linux;

import java.util.Arrays;

/**
 * Writes short messages to a descriptor and never waits: what a full pipe or a stopped terminal does not take is
 * dropped and counted. For one thread.
 *
 * <p>The descriptor is shared with children, so its {@code O_NONBLOCK} is not touched; a pipe or a device is opened
 * anew as a descriptor of our own, and for the rest (a socket, a system without /proc) poll(2) is asked first.
 */
public final class LinuxOutput {

    private static final int O_WRONLY_NONBLOCK_CLOEXEC_NOCTTY = 1 | 0x800 | 0x80000 | 0x100;
    private static final int SEEK_CUR = 1;
    private static final short POLLOUT = 4;

    /** PIPE_BUF: what poll promises to take at once, see pipe(7). */
    private static final int BUFFER_BYTES = 4096;

    private final Libc libc;
    private final int descriptor;
    private final boolean own;
    private final long buffer;
    private final long pollEntry;
    private long dropped;

    LinuxOutput(Libc libc, int shared) {
        this.libc = libc;
        buffer = libc.allocate(BUFFER_BYTES);
        pollEntry = libc.allocate(8);
        int opened = reopen(shared);
        own = opened >= 0;
        descriptor = own ? opened : shared;
    }

    /** A regular file is not reopened: it never blocks, and a second offset would overwrite what others write. */
    private int reopen(int shared) {
        boolean seekable = libc.lseek(shared, 0, SEEK_CUR) >= 0;
        if (seekable && libc.isatty(shared) != 1) {
            return -1;
        }
        try (Arena arena = new Arena(libc)) {
            return libc.open(arena.string(Descriptors.pathOf(shared)), O_WRONLY_NONBLOCK_CLOEXEC_NOCTTY);
        }
    }

    /** Writes one message, or drops it. */
    public void write(byte[] message, int length) {
        for (int from = 0; from < length; from += BUFFER_BYTES) {
            int part = Math.min(BUFFER_BYTES, length - from);
            if (!writePart(from == 0 ? message : Arrays.copyOfRange(message, from, length), part)) {
                dropped++;
                return;
            }
        }
    }

    private boolean writePart(byte[] bytes, int length) {
        if (!own) {
            libc.putInt(pollEntry, descriptor);
            libc.putInt(pollEntry + 4, POLLOUT);
            if (libc.poll(pollEntry, 1, 0) <= 0) {
                return false;
            }
        }
        libc.putBytes(buffer, bytes, length);
        return libc.write(descriptor, buffer, length) >= 0;
    }

    /** How many messages were dropped so far. */
    public long dropped() {
        return dropped;
    }
}
