package io.pidone.process.posix;

import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.SignalSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Signals by the handlers that the JVM gives away, for any JVM however it was started: no signal has to be blocked.
 * {@link #open} replaces the handlers of the application, {@link #close} gives them back.
 *
 * <p>Never to be had are KILL and STOP, real-time signals, QUIT (the JVM prints its threads; with {@code -Xrs} it ends
 * the process), and BUS, FPE, ILL and SEGV, by which the JVM learns of its own faults; with {@code -Xrs} HUP, INT and
 * TERM neither. HUP, INT and TERM that were ignored when the JVM started (nohup) stay ignored. See {@link #taken}.
 *
 * <p>A standard signal that comes again before it is taken counts once, as in the kernel, and of several the lowest
 * number is taken first. Each arrival costs the JVM a short-lived thread.
 */
public final class PosixSignalQueue implements SignalQueue {

    private static final SignalSet FAULTS =
            SignalSet.of(Signal.of(4), Signal.of(7), Signal.of(8), Signal.of(11));

    /** USR2 suspends threads for the flight recorder; PIPE and XFSZ must not end the process on a failed write. */
    private static final SignalSet OF_THE_JVM = SignalSet.of(Signal.USR2, Signal.PIPE, Signal.of(25));

    private final SignalSet wanted;
    private final JvmSignals handlers = new JvmSignals();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /** Guarded by the lock: bit {@code n - 1} for signal {@code n}. */
    private long pending;
    private boolean woken;

    private SignalSet taken = SignalSet.EMPTY;

    /** A queue of every signal that the JVM gives away and does not use itself. */
    public PosixSignalQueue() {
        this(OF_THE_JVM.complement());
    }

    /**
     * A queue of these signals, as far as they can be had; the others go where they went.
     *
     * @throws UnsupportedOperationException where the runtime was linked without the module {@code jdk.unsupported}
     */
    public PosixSignalQueue(SignalSet wanted) {
        this.wanted = wanted;
    }

    @Override
    public void open() {
        if (!taken.isEmpty()) {
            throw new IllegalStateException("the queue is open");
        }
        forgetArrivals();
        for (int number = 1; number <= Signal.MAX; number++) {
            Signal signal = Signal.of(number);
            if (wanted.contains(signal) && !FAULTS.contains(signal) && handlers.take(signal, () -> arrive(signal))) {
                taken = taken.with(signal);
            }
        }
    }

    /** What came after the last close: its handler may have been about to run. */
    private void forgetArrivals() {
        lock.lock();
        try {
            pending = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The signals that come here between {@link #open} and {@link #close}. */
    public SignalSet taken() {
        return taken;
    }

    private void arrive(Signal signal) {
        lock.lock();
        try {
            pending |= SignalSet.of(signal).bits();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} An interruption of the thread does not end the wait, and is kept. */
    @Override
    public int await(long timeoutNanos) {
        boolean interrupted = false;
        lock.lock();
        try {
            long deadline = System.nanoTime() + timeoutNanos;
            while (true) {
                if (pending != 0) {
                    int number = Long.numberOfTrailingZeros(pending) + 1;
                    pending &= pending - 1;
                    return number;
                }
                if (woken) {
                    woken = false;
                    return WOKEN;
                }
                long left = timeoutNanos < 0 ? Long.MAX_VALUE : deadline - System.nanoTime();
                if (left <= 0) {
                    return TIMEOUT;
                }
                interrupted |= interruptedWhileWaiting(left);
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean interruptedWhileWaiting(long nanos) {
        try {
            arrived.await(nanos, TimeUnit.NANOSECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        handlers.giveBack();
        taken = SignalSet.EMPTY;
    }
}
