package io.pidone.process.linux;

import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.SignalSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Signals taken by sigtimedwait(2) from a thread that blocks them.
 *
 * <p>It sees what is sent to the process only if every other thread blocks it too: the process must have been started
 * with all signals blocked and {@code -Xrs}. Not in the set are the four by which the JVM learns of its own faults
 * (null checks, stack overflow): a thread that runs Java code and blocks them is ended by its first one. Those come by
 * way of {@link FaultSignals}.
 *
 * <p>A wake is a real-time signal of the process to its own thread, told from a foreign one by its sender. What a write
 * to a closed pipe or a signal to one's own process group brings comes from the process itself as well and is no event.
 */
final class LinuxSignalQueue implements SignalQueue {

    private static final SignalSet FAULTS =
            SignalSet.of(Signal.of(4), Signal.of(7), Signal.of(8), Signal.of(11));
    private static final SignalSet TAKEN = FAULTS.complement().without(Signal.KILL).without(Signal.STOP);

    private static final int WAKE = Signal.MAX;
    private static final int SIG_BLOCK = 0;
    private static final int SIG_SETMASK = 2;
    private static final int KERNEL_SIGSET_BYTES = 8;

    private static final int SIGINFO_BYTES = 128;
    private static final int SI_CODE = 8;
    private static final int SI_PID = 16;
    private static final int SI_USER = 0;
    private static final int SI_TKILL = -6;

    private final Libc libc;
    private final SystemCalls calls;
    private final int self;
    private final long set;
    private final long oldSet;
    private final long siginfo;
    private final long timespec;
    private final FaultSignals faults;
    /** Whether a wake is on its way; real-time signals queue up, and one is enough. */
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile int thread;

    LinuxSignalQueue(Libc libc, SystemCalls calls) {
        this.libc = libc;
        this.calls = calls;
        self = libc.getpid();
        set = libc.allocate(KERNEL_SIGSET_BYTES);
        oldSet = libc.allocate(KERNEL_SIGSET_BYTES);
        siginfo = libc.allocate(SIGINFO_BYTES);
        timespec = libc.allocate(16);
        faults = new FaultSignals(libc);
    }

    @Override
    public void open() {
        libc.putLong(set, TAKEN.bits());
        mask(SIG_BLOCK, set, oldSet);
        thread = (int) libc.syscall(calls.gettid(), 0, 0, 0, 0);
        faults.install(self, thread, WAKE);
    }

    private void mask(int how, long changed, long old) {
        long error = libc.syscall(calls.sigprocmask(), how, changed, old, KERNEL_SIGSET_BYTES);
        if (error < 0) {
            throw new ErrnoException("rt_sigprocmask", (int) -error);
        }
    }

    /** Whether the process was started with this signal blocked: whether {@link #open} came in time to lose none. */
    boolean wasBlocked(Signal signal) {
        return new SignalSet(libc.getLong(oldSet)).contains(signal);
    }

    @Override
    public int await(long timeoutNanos) {
        int noted = faults.take();
        if (noted != 0) {
            return noted;
        }
        long limit = 0;
        if (timeoutNanos >= 0) {
            libc.putLong(timespec, timeoutNanos / 1_000_000_000);
            libc.putLong(timespec + 8, timeoutNanos % 1_000_000_000);
            limit = timespec;
        }
        while (true) {
            long signal = libc.syscall(calls.sigtimedwait(), set, siginfo, limit, KERNEL_SIGSET_BYTES);
            if (signal == -Errno.EAGAIN) {
                return TIMEOUT;
            }
            if (signal == -Errno.EINTR) {
                if (timeoutNanos >= 0) {
                    return TIMEOUT;
                }
            } else if (signal < 0) {
                throw new ErrnoException("rt_sigtimedwait", (int) -signal);
            } else if (!ownDoing()) {
                return (int) signal;
            } else if (signal == WAKE) {
                waking.set(false);
                int fault = faults.take();
                return fault == 0 ? WOKEN : fault;
            }
        }
    }

    private boolean ownDoing() {
        int code = libc.getInt(siginfo + SI_CODE);
        return (code == SI_USER || code == SI_TKILL) && libc.getInt(siginfo + SI_PID) == self;
    }

    @Override
    public void wake() {
        if (thread != 0 && waking.compareAndSet(false, true)) {
            send();
        }
    }

    private synchronized void send() {
        if (thread != 0) {
            libc.syscall(calls.tgkill(), self, thread, WAKE, 0);
        }
    }

    /** A wake that nobody has taken would end the process as soon as it is not blocked any more. */
    @Override
    public synchronized void close() {
        thread = 0;
        libc.putLong(set, SignalSet.of(Signal.of(WAKE)).bits());
        libc.putLong(timespec, 0);
        libc.putLong(timespec + 8, 0);
        while (libc.syscall(calls.sigtimedwait(), set, siginfo, timespec, KERNEL_SIGSET_BYTES) > 0) {
            waking.set(false);
        }
        mask(SIG_SETMASK, oldSet, 0);
    }
}
