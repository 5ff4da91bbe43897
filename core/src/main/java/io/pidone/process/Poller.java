package io.pidone.process;

/**
 * Waits until one of many descriptors can be read: pipes, sockets, terminals. (A regular file always can, and some
 * systems refuse it here.)
 *
 * <p>{@link #add} and {@link #wake} belong to any thread; {@link #await}, {@link #remove} and {@link #close} to one.
 * After {@link #close}, {@link #wake} does nothing.
 */
public interface Poller extends AutoCloseable {

    /**
     * Has a descriptor waited for, in an {@link #await} that is under way, too. Level-triggered: it is ready as long as
     * a read would not wait, be that for bytes, the end or an error.
     *
     * @throws ErrnoException EEXIST if it is added already, EBADF if it is not open
     */
    void add(int descriptor);

    /**
     * Ends that; to be done before the descriptor is closed.
     *
     * @throws ErrnoException ENOENT if it was not added
     */
    void remove(int descriptor);

    /**
     * Waits until a descriptor is ready. With more of them than {@code ready} takes, the next calls name the others.
     *
     * @param ready receives the descriptors from its beginning on
     * @param timeoutNanos how long to wait at most, nanoseconds, rounded up to milliseconds; 0 not at all, negative
     *     without end
     * @return how many were stored; 0 when the time was up or {@link #wake} ended the wait; it allocates nothing
     */
    int await(int[] ready, long timeoutNanos);

    /** Ends a wait of the owning thread, now or the next one; several before it is taken count as one. */
    void wake();

    @Override
    void close();
}
