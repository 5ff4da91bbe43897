package io.pidone.process.linux;

import io.pidone.process.ClockWatch;
import io.pidone.process.Environment;
import io.pidone.process.ErrnoException;
import io.pidone.process.NativeText;
import io.pidone.process.Pipes;
import io.pidone.process.Poller;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Linux implementation of all ports, opened once per process. */
public final class Linux {

    private static final int O_CLOEXEC = 0x80000;
    private static final int CHUNK = 4096;

    private final Libc libc = new JffiLibc();
    private final SystemCalls calls = SystemCalls.ofThisMachine();

    private Linux() {
    }

    /**
     * Binds the C library.
     *
     * @throws UnsupportedOperationException on a processor whose system call numbers are not known here
     * @throws UnsatisfiedLinkError if the native library cannot be loaded
     */
    public static Linux open() {
        return new Linux();
    }

    public ProcessSystem processSystem(Startup startup) {
        return new LinuxProcessSystem(libc, calls, startup);
    }

    public Terminal terminal() {
        return new LinuxTerminal(libc, calls);
    }

    /** A writer that never waits, see {@link LinuxOutput}. */
    public LinuxOutput output(int descriptor) {
        return new LinuxOutput(libc, descriptor);
    }

    /** Pipes with native buffers of their own, which are never freed: to be made once. */
    public Pipes pipes() {
        return new LinuxPipes(libc);
    }

    /** A new set of descriptors to wait for, by epoll(7). */
    public Poller poller() {
        return new LinuxPoller(libc);
    }

    /** A watch of the wall clock from now on; one that cannot tell where the kernel has no such timer. */
    public ClockWatch clockWatch() {
        return LinuxClockWatch.open(libc);
    }

    /** A queue of all signals; call {@link SignalQueue#open} in the thread that will await them. */
    public SignalQueue signalQueue() {
        return new LinuxSignalQueue(libc, calls);
    }

    /** Whether the process was started with {@code SIGTERM} blocked, so that a queue opened now has missed none. */
    public boolean signalsBlocked(SignalQueue opened) {
        return ((LinuxSignalQueue) opened).wasBlocked(Signal.TERM);
    }

    /** The bytes of a file that has no size of its own, such as those of /proc; empty if it cannot be read. */
    public byte[] read(String path) {
        try (Arena arena = new Arena(libc)) {
            int descriptor = libc.open(arena.string(path), O_CLOEXEC);
            if (descriptor < 0) {
                return new byte[0];
            }
            byte[] all = readAll(arena.allocate(CHUNK), descriptor);
            libc.close(descriptor);
            return all;
        }
    }

    private byte[] readAll(long buffer, int descriptor) {
        byte[] all = new byte[0];
        byte[] chunk = new byte[CHUNK];
        for (int got; (got = (int) libc.read(descriptor, buffer, CHUNK)) > 0; ) {
            libc.getBytes(buffer, chunk, got);
            int length = all.length;
            all = Arrays.copyOf(all, length + got);
            System.arraycopy(chunk, 0, all, length, got);
        }
        return all;
    }

    /**
     * The last arguments of this process's command line as the kernel has them: what the runtime made of bytes that its
     * character set does not know is lost.
     *
     * @return exactly {@code count} of them; fewer if {@code /proc} cannot be read
     */
    public List<String> lastArguments(int count) {
        byte[] line = read("/proc/self/cmdline");
        List<String> arguments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                arguments.add(NativeText.decode(line, from, i));
                from = i + 1;
            }
        }
        return arguments.subList(Math.max(0, arguments.size() - count), arguments.size());
    }

    /**
     * Executes this process's own program again with all its arguments, its signal mask, and one variable more.
     *
     * @return why that failed; after a success nothing returns
     */
    public ErrnoException executeAgain(String variable) {
        try (Arena arena = new Arena(libc)) {
            long environment = new EnvironmentBlock(libc, arena, Optional.empty(), Set.of())
                    .build(Environment.inherited().with(variable, "1"), libc.getLong(libc.environ()));
            int error = libc.execve(arena.string("/proc/self/exe"),
                    arena.strings(lastArguments(Integer.MAX_VALUE)), environment);
            return new ErrnoException("execve /proc/self/exe", -error);
        }
    }
}
