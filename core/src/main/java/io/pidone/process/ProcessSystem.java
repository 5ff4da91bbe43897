package io.pidone.process;

/**
 * The operating system as a parent of processes sees it: start, wait, signal.
 *
 * <p>Waits never block; whoever wants to block waits for {@code SIGCHLD} in a {@link SignalQueue}. Thread-safe, but a
 * {@link WaitResult} is for one thread, and so is the decision who waits for which child: a status is given once.
 */
public interface ProcessSystem {

    /** The calling process. */
    Pid self();

    /**
     * Starts a child. When this returns, the child has executed its program.
     *
     * @throws SpawnException if the program cannot be executed or no process can be had
     */
    Pid spawn(SpawnSpec spec) throws SpawnException;

    /** Reaps one child that has ended, whoever it is, or tells of one that was stopped: {@code wait4(-1, WNOHANG)}. */
    Waited waitAny(WaitResult result);

    /** The same for one child and no other. */
    Waited waitFor(Pid child, WaitResult result);

    /**
     * Finds a child that has ended and leaves it a zombie: {@code waitid(P_ALL, WNOWAIT)}.
     *
     * @return its pid in {@code result}; {@link Waited#ENDED}, {@link Waited#NONE_READY} or {@link Waited#NO_CHILD}
     */
    Waited peekAny(WaitResult result);

    /** Sends a signal to one process. */
    Delivery signal(Pid process, Signal signal);

    /**
     * Sends a signal to every member of a process group.
     *
     * @throws IllegalArgumentException if the group is not {@link ProcessGroup#signalable()}
     */
    Delivery signal(ProcessGroup group, Signal signal);

    /**
     * Sends a signal to every process that may be signalled, except the caller and process 1, at one moment:
     * {@code kill(-1)}. For a process 1, whose namespace this is.
     */
    Delivery signalEverybody(Signal signal);

    /**
     * Makes orphaned descendants children of the calling process, or stops doing so, see
     * PR_SET_CHILD_SUBREAPER(2const).
     *
     * @throws ErrnoException if the system has no such thing
     */
    void adoptOrphans(boolean adopt);

    /** Has {@code signal} sent to the calling process when its parent ends, see PR_SET_PDEATHSIG(2const). */
    void signalOnParentDeath(Signal signal);
}
