package io.pidone.process;

/** What became of a kill(2): the outcomes that a caller decides upon, each an errno's meaning. */
public enum Delivery {
    /** At least one process got the signal, or was found for signal 0. */
    SENT,
    /** ESRCH: no such process or process group; a zombie does not count as gone. */
    NO_SUCH_PROCESS,
    /** EPERM: processes were found, and none may be signalled. */
    NOT_PERMITTED;

    /**
     * What the answer of a kill(2) means.
     *
     * @param target its first argument, for the message
     * @param errno 0 for success, or the error number
     * @throws ErrnoException for any other error
     */
    public static Delivery ofKill(int target, Signal signal, int errno) {
        return switch (errno) {
            case 0 -> SENT;
            case Errno.ESRCH -> NO_SUCH_PROCESS;
            case Errno.EPERM -> NOT_PERMITTED;
            default -> throw new ErrnoException("kill " + target + " " + signal, errno);
        };
    }
}
