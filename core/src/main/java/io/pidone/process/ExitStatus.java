package io.pidone.process;

/**
 * How a process ended, as wait4(2) tells it: it exited with a code, or a signal ended it. Never both, never neither.
 *
 * <p>Instances are shared, so that decoding a status allocates nothing. The shell's {@code 128 + n} exists only in
 * {@link #shellCode()}, for the edge of a program.
 */
public final class ExitStatus {

    private static final int CODES = 256;
    private static final ExitStatus[] EXITED = new ExitStatus[CODES];
    private static final ExitStatus[] SIGNALED = new ExitStatus[Signal.MAX + 1];
    private static final ExitStatus[] DUMPED = new ExitStatus[Signal.MAX + 1];

    static {
        for (int code = 0; code < CODES; code++) {
            EXITED[code] = new ExitStatus(code, null, false);
        }
        for (int number = 1; number <= Signal.MAX; number++) {
            SIGNALED[number] = new ExitStatus(-1, Signal.of(number), false);
            DUMPED[number] = new ExitStatus(-1, Signal.of(number), true);
        }
    }

    private final int code;
    private final Signal signal;
    private final boolean coreDumped;

    private ExitStatus(int code, Signal signal, boolean coreDumped) {
        this.code = code;
        this.signal = signal;
        this.coreDumped = coreDumped;
    }

    /**
     * Exited by itself.
     *
     * @param code 0 to 255
     */
    public static ExitStatus exited(int code) {
        if (code < 0 || code >= CODES) {
            throw new IllegalArgumentException("an exit code is 0 to 255, not " + code);
        }
        return EXITED[code];
    }

    /** Ended by {@code signal}. */
    public static ExitStatus signaled(Signal signal) {
        return SIGNALED[signal.number()];
    }

    /**
     * Decodes what wait4(2) stored for a child that has ended.
     *
     * @param wstatus the raw status: {@code WIFEXITED} or {@code WIFSIGNALED} holds for it
     */
    public static ExitStatus ofWaitStatus(int wstatus) {
        int signal = wstatus & 0x7f;
        if (signal == 0) {
            return EXITED[wstatus >> 8 & 0xff];
        }
        if (signal > Signal.MAX) {
            throw new IllegalArgumentException("not the status of an ended process: 0x" + Integer.toHexString(wstatus));
        }
        return (wstatus & 0x80) != 0 ? DUMPED[signal] : SIGNALED[signal];
    }

    public boolean exited() {
        return signal == null;
    }

    public boolean signaled() {
        return signal != null;
    }

    /** Exited with code 0. */
    public boolean success() {
        return code == 0;
    }

    /**
     * The exit code, 0 to 255.
     *
     * @throws IllegalStateException if a signal ended the process
     */
    public int code() {
        if (signal != null) {
            throw new IllegalStateException("no exit code: " + this);
        }
        return code;
    }

    /**
     * The signal that ended the process.
     *
     * @throws IllegalStateException if the process exited by itself
     */
    public Signal signal() {
        if (signal == null) {
            throw new IllegalStateException("no signal: " + this);
        }
        return signal;
    }

    /** Whether the kernel wrote a core file. */
    public boolean coreDumped() {
        return coreDumped;
    }

    /** As a shell's {@code $?}: the exit code, or 128 plus the signal's number. */
    public int shellCode() {
        return signal == null ? code : 128 + signal.number();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExitStatus that && code == that.code && signal == that.signal;
    }

    @Override
    public int hashCode() {
        return shellCode();
    }

    @Override
    public String toString() {
        if (signal == null) {
            return "exited " + code;
        }
        return "ended by " + signal + (coreDumped ? " (core dumped)" : "");
    }
}
