package io.pidone.process;

/**
 * A process group: the unit of job control and of signals sent with a negative pid, see setpgid(2), kill(2).
 *
 * @param id the pid of the group's first leader; 0: a group whose leader is outside the PID namespace, which has no
 *     number here and cannot be named to the kernel
 */
public record ProcessGroup(int id) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if {@code id} is negative
     */
    public ProcessGroup {
        if (id < 0) {
            throw new IllegalArgumentException("a process group is not negative: " + id);
        }
    }

    /** The group that {@code leader} leads. */
    public static ProcessGroup ledBy(Pid leader) {
        return new ProcessGroup(leader.value());
    }

    /** Whether {@code kill(-id)} means this group: 0 and 1 have another meaning there, "my own" and "everybody". */
    public boolean signalable() {
        return id > 1;
    }

    /**
     * How kill(2) names this group: its negative id.
     *
     * @throws IllegalArgumentException if it is not {@link #signalable()}
     */
    public int killTarget() {
        if (!signalable()) {
            throw new IllegalArgumentException("kill(2) cannot name process group " + id);
        }
        return -id;
    }

    @Override
    public String toString() {
        return Integer.toString(id);
    }
}
