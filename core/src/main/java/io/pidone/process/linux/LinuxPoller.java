package io.pidone.process.linux;

import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Poller;

/** Waits by epoll(7). The kernel names the ready ones in turn, so none is forgotten when there are many. */
final class LinuxPoller implements Poller {

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int EPOLLIN = 1;

    /** How many are taken from the kernel at once. */
    private static final int EVENTS = 256;

    /** {@code struct epoll_event}: an int of events and 8 bytes of data, without a gap on x86-64 alone. */
    private static final boolean PACKED = SystemCalls.x86();
    private static final int EVENT_BYTES = PACKED ? 12 : 16;
    private static final int DATA = PACKED ? 4 : 8;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Libc libc;
    private final Waker waker;
    private final int epoll;
    private final long events;
    private boolean closed;

    LinuxPoller(Libc libc) {
        this.libc = libc;
        waker = new Waker(libc);
        epoll = libc.epollCreate(EPOLL_CLOEXEC);
        if (epoll < 0) {
            waker.close();
            throw new ErrnoException("epoll_create1", -epoll);
        }
        events = libc.allocate(EVENTS * EVENT_BYTES);
        add(waker.descriptor());
    }

    @Override
    public void add(int descriptor) {
        control("add", CTL_ADD, descriptor);
    }

    @Override
    public void remove(int descriptor) {
        control("remove", CTL_DEL, descriptor);
    }

    private synchronized void control(String what, int operation, int descriptor) {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
        try (Arena arena = new Arena(libc)) {
            long event = arena.allocate(EVENT_BYTES);
            libc.putInt(event, EPOLLIN);
            libc.putInt(event + DATA, descriptor);
            int error = libc.epollControl(epoll, operation, descriptor, event);
            if (error < 0) {
                throw new ErrnoException("epoll_ctl " + what + ' ' + descriptor, -error);
            }
        }
    }

    @Override
    public int await(int[] ready, long timeoutNanos) {
        if (ready.length == 0) {
            throw new IllegalArgumentException("no room for a descriptor");
        }
        long start = System.nanoTime();
        long left = timeoutNanos;
        while (true) {
            int found = libc.epollWait(epoll, events, Math.min(ready.length, EVENTS), millis(left));
            if (found > 0) {
                return store(found, ready);
            }
            if (found < 0 && found != -Errno.EINTR) {
                throw new ErrnoException("epoll_wait", -found);
            }
            if (timeoutNanos >= 0) {
                left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return 0;
                }
            }
        }
    }

    /** Rounded up, since a wait must not end early, and cut to what an int holds: then there is another round. */
    private static int millis(long nanos) {
        long millis = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
        return nanos < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, millis);
    }

    private int store(int found, int[] ready) {
        int stored = 0;
        for (int i = 0; i < found; i++) {
            int descriptor = libc.getInt(events + (long) i * EVENT_BYTES + DATA);
            if (descriptor == waker.descriptor()) {
                waker.take();
            } else {
                ready[stored++] = descriptor;
            }
        }
        return stored;
    }

    @Override
    public void wake() {
        waker.wake();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            libc.close(epoll);
            libc.free(events);
            waker.close();
        }
    }
}
