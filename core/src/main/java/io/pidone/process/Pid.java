package io.pidone.process;

/**
 * A process id as the calling process's PID namespace numbers it.
 *
 * @param value 1 to 4194304 (PID_MAX_LIMIT, proc(5))
 */
public record Pid(int value) {

    /** The init of a PID namespace. */
    public static final Pid ONE = new Pid(1);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code value} is not positive: 0 and negative numbers mean groups to kill(2)
     *     and waitpid(2) and must never be taken for a process
     */
    public Pid {
        if (value <= 0) {
            throw new IllegalArgumentException("a pid is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
