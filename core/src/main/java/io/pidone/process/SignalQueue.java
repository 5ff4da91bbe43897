package io.pidone.process;

/**
 * Signals as a queue of events instead of interruptions: what a process is sent waits here until it is taken.
 *
 * <p>{@link #open}, {@link #await} and {@link #close} belong to one thread; {@link #wake} to any.
 */
public interface SignalQueue extends AutoCloseable {

    /** What {@link #await} says when the time was up. */
    int TIMEOUT = 0;

    /** What {@link #await} says when another thread called {@link #wake}. */
    int WOKEN = -1;

    /** Starts to collect signals for the calling thread. */
    void open();

    /**
     * Takes the next signal, or waits for it.
     *
     * @param timeoutNanos how long to wait at most, nanoseconds; 0 not at all, negative without end
     * @return the number of a signal, {@link #TIMEOUT} or {@link #WOKEN}; a plain number so that it allocates nothing
     */
    int await(long timeoutNanos);

    /** Ends a wait of the owning thread, now or the next one; several before it is taken count as one. */
    void wake();

    /** Gives back what {@link #open} took. */
    @Override
    void close();
}
