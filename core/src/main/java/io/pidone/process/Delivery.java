package io.pidone.process;

/** What became of a kill(2): the outcomes that a caller decides upon, each an errno's meaning. */
public enum Delivery {
    /** At least one process got the signal, or was found for signal 0. */
    SENT,
    /** ESRCH: no such process or process group; a zombie does not count as gone. */
    NO_SUCH_PROCESS,
    /** EPERM: processes were found, and none may be signalled. */
    NOT_PERMITTED
}
