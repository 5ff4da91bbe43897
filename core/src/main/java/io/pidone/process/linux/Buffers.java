package io.pidone.process.linux;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Native memory lent to one call at a time: none is made per call while few threads call at once, and none is lost when
 * a thread ends.
 */
final class Buffers {

    /** The capacity of a pipe unless somebody changed it, see pipe(7): one read empties it. */
    static final int BYTES = 64 * 1024;

    /** Behind them, room for the {@code struct pollfd} of a call that has to wait. */
    static final int POLL_ENTRY = BYTES;

    /** How many lie ready at most; what more threads give back at once is freed. */
    private static final int KEPT = 4;

    private final Libc libc;
    private final AtomicLongArray ready = new AtomicLongArray(KEPT);

    Buffers(Libc libc) {
        this.libc = libc;
    }

    long take() {
        for (int i = 0; i < KEPT; i++) {
            long address = ready.get(i) == 0 ? 0 : ready.getAndSet(i, 0);
            if (address != 0) {
                return address;
            }
        }
        return libc.allocate(BYTES + 8);
    }

    void giveBack(long address) {
        for (int i = 0; i < KEPT; i++) {
            if (ready.get(i) == 0 && ready.compareAndSet(i, 0, address)) {
                return;
            }
        }
        libc.free(address);
    }
}
