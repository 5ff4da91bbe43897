package io.pidone.process.linux;

import io.pidone.process.ClockWatch;
import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;

/**
 * A timer of the wall clock that never fires and is cancelled when the clock jumps, see TFD_TIMER_CANCEL_ON_SET in
 * timerfd_create(2).
 *
 * <p>It is armed once: a read that says ECANCELED takes the jump, and the timer notices the next one by itself. To arm
 * it again would forget a jump that came between.
 */
final class LinuxClockWatch implements ClockWatch {

    private static final int CLOCK_REALTIME = 0;
    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int ABSTIME_CANCEL_ON_SET = 1 | 2;
    private static final int ITIMERSPEC_BYTES = 32;
    private static final int VALUE_SECONDS = 16;

    private static final int POLL_ENTRY_BYTES = 8;
    private static final short POLLIN = 1;

    private final Libc libc;
    private final int timer;
    private final Waker waker;
    private final long pollEntries;
    private final long expirations;
    private boolean awaiting;
    private boolean closed;

    private LinuxClockWatch(Libc libc, int timer, Waker waker) {
        this.libc = libc;
        this.timer = timer;
        this.waker = waker;
        pollEntries = libc.allocate(3 * POLL_ENTRY_BYTES);
        expirations = pollEntries + 2 * POLL_ENTRY_BYTES;
    }

    /** One that cannot tell where there is no such timer: an old kernel, a sandbox, a filter of system calls. */
    static ClockWatch open(Libc libc) {
        Waker waker = new Waker(libc);
        int timer = armed(libc);
        if (timer >= 0) {
            return new LinuxClockWatch(libc, timer, waker);
        }
        waker.close();
        return switch (-timer) {
            case Errno.ENOSYS, Errno.EPERM, Errno.EINVAL -> () -> false;
            default -> throw new ErrnoException("timerfd_create", -timer);
        };
    }

    private static int armed(Libc libc) {
        int descriptor = libc.timerfdCreate(CLOCK_REALTIME, NONBLOCK_CLOEXEC);
        if (descriptor < 0) {
            return descriptor;
        }
        try (Arena arena = new Arena(libc)) {
            long never = arena.allocate(ITIMERSPEC_BYTES);
            libc.putLong(never + VALUE_SECONDS, Long.MAX_VALUE);
            int error = libc.timerfdSettime(descriptor, ABSTIME_CANCEL_ON_SET, never);
            // ECANCELED: the clock jumps just now; the timer is armed nonetheless.
            if (error == 0 || error == -Errno.ECANCELED) {
                return descriptor;
            }
            libc.close(descriptor);
            return error;
        }
    }

    @Override
    public boolean await() {
        synchronized (this) {
            if (closed) {
                return false;
            }
            awaiting = true;
        }
        try {
            return awaitJump();
        } finally {
            synchronized (this) {
                awaiting = false;
                if (closed) {
                    release();
                }
            }
        }
    }

    private boolean awaitJump() {
        libc.putInt(pollEntries, timer);
        libc.putInt(pollEntries + 4, POLLIN);
        libc.putInt(pollEntries + POLL_ENTRY_BYTES, waker.descriptor());
        libc.putInt(pollEntries + POLL_ENTRY_BYTES + 4, POLLIN);
        while (true) {
            int error = libc.poll(pollEntries, 2, -1);
            if (error < 0 && error != -Errno.EINTR) {
                throw new ErrnoException("poll", -error);
            }
            if (isClosed()) {
                return false;
            }
            long read = libc.read(timer, expirations, Long.BYTES);
            if (read == -Errno.ECANCELED) {
                return true;
            }
            if (read < 0 && read != -Errno.EAGAIN && read != -Errno.EINTR) {
                throw new ErrnoException("read timerfd", (int) -read);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** While a thread waits, the descriptors are still its own: it closes them itself. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (awaiting) {
                waker.wake();
            } else {
                release();
            }
        }
    }

    private void release() {
        libc.close(timer);
        libc.free(pollEntries);
        waker.close();
    }
}
