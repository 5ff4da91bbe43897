package io.pidone.process;

/**
 * What one wait4(2) brought, in an object that is used again and again, so that reaping allocates nothing.
 *
 * <p>Filled by a {@link ProcessSystem} and valid until the next wait with the same object. For one thread.
 */
public final class WaitResult {

    private int pid;
    private int waitStatus;
    private long userMicros;
    private long systemMicros;
    private long maxRssKiB;

    /** Called by the implementation of the port. */
    public void set(int waitedPid, int rawStatus) {
        pid = waitedPid;
        waitStatus = rawStatus;
        setUsage(0, 0, 0);
    }

    /** Called by the implementation of the port, where the system tells. */
    public void setUsage(long userTimeMicros, long systemTimeMicros, long peakRssKiB) {
        userMicros = userTimeMicros;
        systemMicros = systemTimeMicros;
        maxRssKiB = peakRssKiB;
    }

    /** The child's process id, as a plain number: no allocation. */
    public int pid() {
        return pid;
    }

    /** How it ended; a shared instance. Only after {@link Waited#ENDED}. */
    public ExitStatus status() {
        return ExitStatus.ofWaitStatus(waitStatus);
    }

    /** The signal that stopped it. Only after {@link Waited#STOPPED}. */
    public Signal stopSignal() {
        return Signal.of(waitStatus >> 8 & 0xff);
    }

    /** CPU time in user mode of it and of the children it waited for, in microseconds. */
    public long userMicros() {
        return userMicros;
    }

    /** CPU time in the kernel, likewise. */
    public long systemMicros() {
        return systemMicros;
    }

    /** Peak resident set of it or its largest waited-for descendant, in KiB (getrusage(2), {@code ru_maxrss}). */
    public long maxRssKiB() {
        return maxRssKiB;
    }

    /** A copy that lasts. */
    public ResourceUsage usage() {
        return new ResourceUsage(userMicros, systemMicros, maxRssKiB);
    }
}
