package io.pidone.process.posix;

import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import io.pidone.process.Poller;
import java.util.Arrays;
import jnr.ffi.Pointer;
import static io.pidone.process.posix.LibC.C;

/**
 * Waits by poll(2) on an array of descriptors. The first is a pipe of its own, by which other threads interrupt the
 * wait: for good to wake it, for a moment to add a descriptor, since the array belongs to the thread that waits.
 */
public final class PosixPoller implements Poller {

    /** {@code struct pollfd}: an int and two shorts. */
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED_EVENTS = 6;
    private static final short POLLIN = 1;

    private static final int F_GETFD = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final HostNumbers numbers = HostNumbers.current();
    private final Pipes pipes = new PosixPipes();
    private final Pipes.Pipe interrupt = pipes.open();
    private final byte[] token = {1};

    /** These are guarded by this object. */
    private int[] descriptors = {interrupt.readEnd(), 0, 0, 0};
    private int count = 1;
    private boolean changed = true;
    private boolean interrupted;
    private boolean woken;
    private boolean closed;

    /** These belong to the thread that waits: the array, its length, and where to look first. */
    private Pointer entries = LibC.allocate(descriptors.length * ENTRY_BYTES);
    private int polled;
    private int first;

    @Override
    public synchronized void add(int descriptor) {
        if (closed) {
            throw new IllegalStateException("the poller is closed");
        }
        if (indexOf(descriptor) > 0) {
            throw new ErrnoException("add " + descriptor, Errno.EEXIST);
        }
        if (C.fcntl(descriptor, F_GETFD, 0) < 0) {
            throw new ErrnoException("add " + descriptor, numbers.errno(LibC.errno()));
        }
        if (count == descriptors.length) {
            descriptors = Arrays.copyOf(descriptors, 2 * count);
        }
        descriptors[count++] = descriptor;
        changed = true;
        interrupt();
    }

    @Override
    public synchronized void remove(int descriptor) {
        int index = indexOf(descriptor);
        if (index < 0) {
            throw new ErrnoException("remove " + descriptor, Errno.ENOENT);
        }
        descriptors[index] = descriptors[--count];
        changed = true;
    }

    private int indexOf(int descriptor) {
        for (int i = 1; i < count; i++) {
            if (descriptors[i] == descriptor) {
                return i;
            }
        }
        return -1;
    }

    /** One byte at most is in the pipe, so this never waits. */
    private void interrupt() {
        if (!interrupted) {
            interrupted = true;
            pipes.write(interrupt.writeEnd(), token, 1);
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
            prepare();
            int found = C.poll(entries, polled, millis(left));
            if (found < 0 && numbers.errno(LibC.errno()) != Errno.EINTR) {
                throw new ErrnoException("poll", numbers.errno(LibC.errno()));
            }
            if (found > 0) {
                boolean wake = returned(0) && takeInterrupt();
                int stored = store(ready);
                if (stored > 0 || wake) {
                    return stored;
                }
            }
            if (timeoutNanos >= 0) {
                left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return 0;
                }
            }
        }
    }

    private synchronized void prepare() {
        if (!changed) {
            return;
        }
        if (polled < count) {
            entries = LibC.allocate(descriptors.length * ENTRY_BYTES);
        }
        for (int i = 0; i < count; i++) {
            entries.putInt(i * ENTRY_BYTES, descriptors[i]);
            entries.putShort(i * ENTRY_BYTES + EVENTS, POLLIN);
        }
        polled = count;
        changed = false;
    }

    /** Rounded up, since a wait must not end early, and cut to what an int holds: then there is another round. */
    private static int millis(long nanos) {
        long millis = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
        return nanos < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, millis);
    }

    private boolean returned(int index) {
        return entries.getShort(index * ENTRY_BYTES + RETURNED_EVENTS) != 0;
    }

    /** Whether it was a wake and not an addition only. */
    private synchronized boolean takeInterrupt() {
        pipes.read(interrupt.readEnd(), token);
        interrupted = false;
        boolean taken = woken;
        woken = false;
        return taken;
    }

    /** Looks further where it stopped the last time, so that none is forgotten when there are many. */
    private int store(int[] ready) {
        int others = polled - 1;
        int stored = 0;
        int looked = 0;
        while (looked < others && stored < ready.length) {
            int index = 1 + (first + looked++) % others;
            if (returned(index)) {
                ready[stored++] = entries.getInt(index * ENTRY_BYTES);
            }
        }
        first = others == 0 ? 0 : (first + looked) % others;
        return stored;
    }

    @Override
    public synchronized void wake() {
        if (!closed) {
            woken = true;
            interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            pipes.close(interrupt.readEnd());
            pipes.close(interrupt.writeEnd());
        }
    }
}
