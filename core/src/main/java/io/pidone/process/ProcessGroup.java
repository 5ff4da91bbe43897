package io.pidone.process;

/**
 * A process group: the unit of job control and of signals sent with a negative pid, see setpgid(2), kill(2).
 *
 * @param id the pid of the group's first leader, greater than 1 so that {@code kill(-id)} can never mean "everybody"
 */
public record ProcessGroup(int id) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code id} is below 2: {@code kill(-1)} means every process
     */
    public ProcessGroup {
        if (id < 2) {
            throw new IllegalArgumentException("a process group to signal is greater than 1, not " + id);
        }
    }

    /** The group that {@code leader} leads. */
    public static ProcessGroup ledBy(Pid leader) {
        return new ProcessGroup(leader.value());
    }

    @Override
    public String toString() {
        return Integer.toString(id);
    }
}
