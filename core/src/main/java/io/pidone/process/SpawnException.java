package io.pidone.process;

/** A child could not be started; nothing of it is left behind. */
public final class SpawnException extends Exception {

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;

    private final String program;
    private final int errno;

    /**
     * A failed spawn.
     *
     * @param program what was to be executed
     * @param errno why, as the kernel said it
     */
    public SpawnException(String program, int errno) {
        super(program + ": " + Errno.text(errno));
        this.program = program;
        this.errno = errno;
    }

    public String program() {
        return program;
    }

    public int errno() {
        return errno;
    }

    /**
     * Whether a later try may succeed without a change: no process or memory to be had just now ({@code EAGAIN} at
     * {@code pids.max} or {@code RLIMIT_NPROC}, {@code ENOMEM}).
     */
    public boolean transientShortage() {
        return errno == Errno.EAGAIN || errno == Errno.ENOMEM;
    }

    /** The shell's code for it: 127 not found, 126 found and not executable. */
    public int shellCode() {
        return errno == Errno.ENOENT || errno == Errno.ENOTDIR ? NOT_FOUND : NOT_EXECUTABLE;
    }
}
