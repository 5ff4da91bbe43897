package io.pidone.process.linux;

import io.pidone.process.Delivery;
import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pid;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec;
import io.pidone.process.WaitResult;
import io.pidone.process.Waited;

/** Linux as a parent of processes sees it. A wait allocates nothing. */
public final class LinuxProcessSystem implements ProcessSystem {

    private static final int WNOHANG = 1;
    private static final int WUNTRACED = 2;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;

    /** Also children made by clone(2) with another signal than SIGCHLD: an init gets those too. */
    private static final int WALL = 0x40000000;

    private static final int P_ALL = 0;
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    /** {@code struct rusage}: two timevals, {@code ru_maxrss} at 32, 144 bytes. */
    private static final int RUSAGE_BYTES = 144;
    private static final int MAXRSS = 32;

    private static final int SIGINFO_BYTES = 128;
    private static final int SI_PID = 16;

    private static final int STOPPED = 0x7f;

    private final Libc libc;
    private final Spawner spawner;
    private final long status;
    private final long usage;
    private final long siginfo;

    LinuxProcessSystem(Libc libc, SystemCalls calls, Startup startup) {
        this.libc = libc;
        spawner = new Spawner(libc, calls, startup);
        status = libc.allocate(8);
        usage = libc.allocate(RUSAGE_BYTES);
        siginfo = libc.allocate(SIGINFO_BYTES);
    }

    @Override
    public Pid self() {
        return new Pid(libc.getpid());
    }

    @Override
    public Pid spawn(SpawnSpec spec) throws SpawnException {
        return new Pid(spawner.spawn(spec));
    }

    @Override
    public Waited waitAny(WaitResult result) {
        return waitFor(-1, result);
    }

    @Override
    public Waited waitFor(Pid child, WaitResult result) {
        return waitFor(child.value(), result);
    }

    private synchronized Waited waitFor(int pid, WaitResult result) {
        int waited = libc.wait4(pid, status, WNOHANG | WUNTRACED | WALL, usage);
        if (waited == 0) {
            return Waited.NONE_READY;
        }
        if (waited == -Errno.ECHILD) {
            return Waited.NO_CHILD;
        }
        if (waited < 0) {
            throw new ErrnoException("wait4", -waited);
        }
        int raw = libc.getInt(status);
        result.set(waited, raw);
        result.setUsage(micros(usage), micros(usage + 16), libc.getLong(usage + MAXRSS));
        return (raw & 0xff) == STOPPED ? Waited.STOPPED : Waited.ENDED;
    }

    private long micros(long timeval) {
        return libc.getLong(timeval) * 1_000_000 + libc.getLong(timeval + 8);
    }

    @Override
    public synchronized Waited peekAny(WaitResult result) {
        libc.putInt(siginfo + SI_PID, 0);
        int error = libc.waitid(P_ALL, 0, siginfo, WEXITED | WNOHANG | WNOWAIT | WALL);
        if (error == -Errno.ECHILD) {
            return Waited.NO_CHILD;
        }
        if (error < 0) {
            throw new ErrnoException("waitid", -error);
        }
        int pid = libc.getInt(siginfo + SI_PID);
        if (pid == 0) {
            return Waited.NONE_READY;
        }
        result.set(pid, 0);
        return Waited.ENDED;
    }

    @Override
    public Delivery signal(Pid process, Signal signal) {
        return kill(process.value(), signal);
    }

    @Override
    public Delivery signal(ProcessGroup group, Signal signal) {
        return kill(group.killTarget(), signal);
    }

    @Override
    public Delivery signalEverybody(Signal signal) {
        return kill(-1, signal);
    }

    private Delivery kill(int pid, Signal signal) {
        return Delivery.ofKill(pid, signal, -libc.kill(pid, signal.number()));
    }

    @Override
    public void adoptOrphans(boolean adopt) {
        control("prctl PR_SET_CHILD_SUBREAPER", PR_SET_CHILD_SUBREAPER, adopt ? 1 : 0);
    }

    @Override
    public void signalOnParentDeath(Signal signal) {
        control("prctl PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal.number());
    }

    private void control(String call, int option, long argument) {
        int error = libc.prctl(option, argument);
        if (error < 0) {
            throw new ErrnoException(call, -error);
        }
    }
}
