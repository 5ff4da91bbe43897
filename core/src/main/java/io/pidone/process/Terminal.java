package io.pidone.process;

import java.util.Optional;

/** The controlling terminal of a session, as job control sees it, see tcsetpgrp(3), tty_ioctl(4). */
public interface Terminal {

    /** Whether the descriptor is a terminal. */
    boolean isTerminal(int descriptor);

    /** The process group in the foreground; empty if this terminal does not control the caller's session. */
    Optional<ProcessGroup> foreground(int descriptor);

    /**
     * Puts a process group into the foreground; the caller must block or ignore {@code SIGTTOU}.
     *
     * @return whether it is there now; false where the terminal is gone or controls another session
     */
    boolean setForeground(int descriptor, ProcessGroup group);

    /**
     * Gives up the terminal that controls the caller's session: of a session leader {@code SIGHUP} and {@code SIGCONT}
     * go to the foreground group, see TIOCNOTTY.
     */
    boolean release(int descriptor);

    /** The process group of the caller. */
    ProcessGroup ownGroup();

    /** The session of the caller, as the pid of its leader; 0 where it was created outside the PID namespace. */
    int ownSession();

    /**
     * Whether the caller's parent is in the same session and another process group, as a shell with job control is:
     * who stops is then resumed by it. Without one the caller's group is orphaned, see setpgid(2).
     */
    boolean parentControlsJobs();
}
