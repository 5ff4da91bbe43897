package io.pidone.process;

/**
 * Notices that the wall clock jumped against the monotonic one: it was set, or the machine slept. A clock that is
 * slewed, as adjtime(3) does, does not jump.
 *
 * <p>{@link #await} belongs to one thread, best a daemon thread of its own; {@link #close} to any.
 */
@FunctionalInterface
public interface ClockWatch extends AutoCloseable {

    /**
     * Waits until it happens. What happened since the last call, or since the watch was made, is told at once; several
     * jumps before it is told count as one.
     *
     * @return false if no jump will be told any more: this system cannot tell, or the watch was closed
     */
    boolean await();

    /** Ends an {@link #await} that is under way, and all later ones. */
    @Override
    default void close() {
    }
}
