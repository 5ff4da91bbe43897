package io.pidone.process.posix;

import io.pidone.process.Delivery;
import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pid;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.ShellScript;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec;
import io.pidone.process.WaitResult;
import io.pidone.process.Waited;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jnr.ffi.Pointer;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import static io.pidone.process.posix.LibC.C;

/**
 * The process model on what POSIX and the common extensions of it offer. Thread-safe.
 *
 * <p>A child gets the descriptors 0 to 2, those that a redirect names, and those given to the constructor, and nothing
 * else: nothing portable tells a descriptor that the caller inherited from one that the runtime opened.
 */
public final class PosixProcessSystem implements ProcessSystem {

    private static final int WNOHANG = 1;
    private static final int WUNTRACED = 2;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = LibC.MACOS ? 0x20 : 0x01000000;
    private static final int P_ALL = 0;

    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private static final int CLD_EXITED = 1;
    private static final int CLD_DUMPED = 3;

    /** One block per thread: {@code int} status at 0, {@code struct rusage} (144 bytes) or {@code siginfo_t} (128). */
    private static final int USAGE_AT = 16;
    private static final int BLOCK_BYTES = 512;
    private static final int MAX_RSS_AT = 32;

    /** {@code si_code}, {@code si_pid} and {@code si_status}; 64-bit Linux pads the union behind the first three. */
    private static final int SI_CODE_AT = 8;
    private static final int SI_PID_AT = LibC.LINUX && LibC.RUNTIME.addressSize() == 8 ? 16 : 12;
    private static final int SI_STATUS_AT = SI_PID_AT + 8;

    private final HostNumbers numbers = HostNumbers.current();
    private final POSIX posix = POSIXFactory.getNativePOSIX();
    private final ThreadLocal<Pointer> blocks = ThreadLocal.withInitial(() -> LibC.allocate(BLOCK_BYTES));
    private final Set<Integer> inherited;

    /** Passes no descriptor above 2 by itself. */
    public PosixProcessSystem() {
        this(Set.of());
    }

    /** Passes these descriptors, too: what the caller was started with and its children shall share. */
    public PosixProcessSystem(Set<Integer> inherited) {
        this.inherited = Set.copyOf(inherited);
    }

    @Override
    public Pid self() {
        return new Pid(posix.getpid());
    }

    @Override
    public Pid spawn(SpawnSpec spec) throws SpawnException {
        String program = spec.command().get(0);
        Pointer envp = EnvironmentBlock.of(spec.environment(), posix);
        Pointer pid = LibC.allocate(Integer.BYTES);
        int error;
        try (SpawnRequest request = SpawnRequest.of(spec, inherited, numbers)) {
            Pointer argv = CStrings.array(CStrings.bytes(spec.command()));
            error = C.posix_spawnp(pid, CStrings.of(program), request.actions(), request.attributes(), argv, envp);
            if (numbers.errno(error) == Errno.ENOEXEC && isText(spec, located(program))) {
                argv = CStrings.array(CStrings.bytes(shellCommand(spec.command())));
                error = C.posix_spawn(pid, CStrings.of("/bin/sh"), request.actions(), request.attributes(), argv, envp);
            }
            Reference.reachabilityFence(argv);
        }
        Reference.reachabilityFence(envp);
        if (error != 0) {
            String culprit = spec.directory().filter(directory -> !Files.isDirectory(Path.of(directory)))
                    .orElse(program);
            throw new SpawnException(culprit, numbers.errno(error));
        }
        return new Pid(pid.getInt(0));
    }

    /** As execvp(3) treats a file without a magic number; glibc's posix_spawnp no longer does so since 2.15. */
    private static List<String> shellCommand(List<String> command) {
        List<String> shell = new ArrayList<>(command);
        shell.set(0, located(command.get(0)));
        shell.add(0, "/bin/sh");
        return shell;
    }

    /** One that cannot be read is left to the shell, which says why. */
    private static boolean isText(SpawnSpec spec, String script) {
        File file = new File(script);
        if (spec.directory().isPresent() && !file.isAbsolute()) {
            file = new File(spec.directory().get(), script);
        }
        try (InputStream stream = new FileInputStream(file)) {
            byte[] head = stream.readNBytes(ShellScript.HEAD_BYTES);
            return ShellScript.looksLikeText(head, head.length);
        } catch (IOException e) {
            return true;
        }
    }

    private static String located(String program) {
        String path = System.getenv("PATH");
        if (program.indexOf('/') >= 0 || path == null) {
            return program;
        }
        for (String directory : path.split(":", -1)) {
            File candidate = new File(directory.isEmpty() ? "." : directory, program);
            if (candidate.isFile() && candidate.canExecute()) {
                return candidate.getPath();
            }
        }
        return program;
    }

    @Override
    public Waited waitAny(WaitResult result) {
        return wait(-1, result);
    }

    @Override
    public Waited waitFor(Pid child, WaitResult result) {
        return wait(child.value(), result);
    }

    private Waited wait(int who, WaitResult result) {
        Pointer block = blocks.get();
        Pointer usage = block.slice(USAGE_AT);
        int pid;
        int errno = 0;
        do {
            pid = C.wait4(who, block, WNOHANG | WUNTRACED, usage);
            if (pid < 0) {
                errno = numbers.errno(LibC.errno());
            }
        } while (pid < 0 && errno == Errno.EINTR);
        if (pid == 0) {
            return Waited.NONE_READY;
        }
        if (pid < 0) {
            return noChild("wait4", errno);
        }
        int status = numbers.waitStatus(block.getInt(0));
        result.set(pid, status);
        if ((status & 0xff) == 0x7f) {
            return Waited.STOPPED;
        }
        tellUsage(usage, result);
        return Waited.ENDED;
    }

    private static Waited noChild(String call, int errno) {
        if (errno == Errno.ECHILD) {
            return Waited.NO_CHILD;
        }
        throw new ErrnoException(call, errno);
    }

    /** Where {@code long} has 64 bits: two {@code struct timeval} of 16 bytes, then {@code ru_maxrss}. */
    private static void tellUsage(Pointer usage, WaitResult result) {
        if (LibC.RUNTIME.longSize() == Long.BYTES) {
            long maxRss = usage.getLong(MAX_RSS_AT);
            result.setUsage(micros(usage, 0), micros(usage, 16), LibC.MACOS ? maxRss / 1024 : maxRss);
        }
    }

    private static long micros(Pointer timeval, int offset) {
        long fraction = LibC.MACOS ? timeval.getInt(offset + 8) : timeval.getLong(offset + 8);
        return timeval.getLong(offset) * 1_000_000 + fraction;
    }

    @Override
    public Waited peekAny(WaitResult result) {
        Pointer info = blocks.get();
        int errno;
        do {
            info.putInt(SI_PID_AT, 0);
            errno = C.waitid(P_ALL, 0, info, WEXITED | WNOHANG | WNOWAIT) == 0 ? 0 : numbers.errno(LibC.errno());
        } while (errno == Errno.EINTR);
        if (errno != 0) {
            return noChild("waitid", errno);
        }
        int pid = info.getInt(SI_PID_AT);
        if (pid == 0) {
            return Waited.NONE_READY;
        }
        int code = info.getInt(SI_CODE_AT);
        int value = info.getInt(SI_STATUS_AT);
        int raw = code == CLD_EXITED ? (value & 0xff) << 8 : value | (code == CLD_DUMPED ? 0x80 : 0);
        result.set(pid, numbers.waitStatus(raw));
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

    private Delivery kill(int whom, Signal signal) {
        int failed = C.kill(whom, numbers.signal(signal));
        return Delivery.ofKill(whom, signal, failed == 0 ? 0 : numbers.errno(LibC.errno()));
    }

    @Override
    public void adoptOrphans(boolean adopt) {
        prctl("prctl PR_SET_CHILD_SUBREAPER", PR_SET_CHILD_SUBREAPER, adopt ? 1 : 0);
    }

    /** {@inheritDoc} Only the thread that calls it holds the request: it is lost when that thread ends. */
    @Override
    public void signalOnParentDeath(Signal signal) {
        prctl("prctl PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal.number());
    }

    private void prctl(String call, int option, long value) {
        if (!LibC.LINUX) {
            throw new ErrnoException(call, Errno.ENOSYS);
        }
        if (C.prctl(option, value) != 0) {
            throw new ErrnoException(call, numbers.errno(LibC.errno()));
        }
    }
}
