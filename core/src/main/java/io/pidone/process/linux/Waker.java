package io.pidone.process.linux;

import io.pidone.process.ErrnoException;

/**
 * Ends another thread's wait: an eventfd(2) that can be read once it was woken. {@link #wake} and {@link #close} belong
 * to any thread, {@link #take} to the one that waits.
 */
final class Waker {

    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int VALUE_BYTES = 8;

    private final Libc libc;
    private final int descriptor;
    private final long one;
    private final long taken;
    private boolean closed;

    Waker(Libc libc) {
        this.libc = libc;
        descriptor = libc.eventfd(0, NONBLOCK_CLOEXEC);
        if (descriptor < 0) {
            throw new ErrnoException("eventfd", -descriptor);
        }
        one = libc.allocate(2 * VALUE_BYTES);
        taken = one + VALUE_BYTES;
        libc.putLong(one, 1);
    }

    int descriptor() {
        return descriptor;
    }

    /** A full counter is as good as one more. After {@link #close} the number may be another file's: not touched. */
    synchronized void wake() {
        if (!closed) {
            libc.write(descriptor, one, VALUE_BYTES);
        }
    }

    /** Makes it unreadable until the next wake. */
    void take() {
        libc.read(descriptor, taken, VALUE_BYTES);
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            libc.close(descriptor);
            libc.free(one);
        }
    }
}
