package io.pidone.cli.init;

import io.pidone.event.EventSink;
import io.pidone.init.Init;
import io.pidone.init.InitOptions;
import io.pidone.process.ClockWatch;
import io.pidone.process.ErrnoException;
import io.pidone.process.NanoClock;
import io.pidone.process.Pipes;
import io.pidone.process.Poller;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.SignalSet;
import io.pidone.process.SpawnException;
import io.pidone.process.Terminal;
import io.pidone.process.linux.Linux;
import io.pidone.process.linux.LinuxOutput;
import io.pidone.process.linux.Startup;
import io.pidone.procfs.ProcProcessTable;
import io.pidone.reaper.EventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How this process came to be, as the launcher tells it in system properties, and the ports bound to it.
 *
 * <p>The variable {@code _PIDONE_ENVIRONMENT} holds the environment before a shell changed it, in base 64. Properties:
 * {@code pidone.name} the name it was called by; {@code pidone.fds} the inherited descriptors above 2;
 * {@code pidone.closed} those up to 2 that were closed; {@code pidone.own} variables set for the runtime alone;
 * {@code pidone.ignored} the ignored signals as /proc shows them, in hexadecimal; {@code pidone.pending} the signals
 * that came while the launcher ran.
 */
public final class Launch {

    private static final String HIDDEN = "_PIDONE_HIDDEN_";
    private static final String ENVIRONMENT = "_PIDONE_ENVIRONMENT";
    private static final String AGAIN = "_PIDONE_AGAIN";
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Linux linux;
    private final SignalQueue signals;
    private final ProcessSystem system;
    private final List<String> arguments;

    private Launch(Linux linux, SignalQueue signals, List<String> arguments) {
        this.linux = linux;
        this.signals = signals;
        this.arguments = arguments;
        system = linux.processSystem(new Startup(numbers("pidone.fds"), numbers("pidone.closed"), ignored(),
                environment(), Optional.of(HIDDEN), Set.copyOf(words("pidone.own"))));
    }

    /**
     * Blocks all signals before anything else. A process that was started with its signals open executes itself again,
     * so that no thread of the runtime has them open either.
     */
    public static Launch open(String[] args) {
        Linux linux = Linux.open();
        SignalQueue signals = linux.signalQueue();
        signals.open();
        if (!linux.signalsBlocked(signals) && System.getenv(AGAIN) == null) {
            ErrnoException failure = linux.executeAgain(AGAIN);
            System.err.println("pidone: signals that come in the first moments may be lost: " + failure.getMessage());
        }
        return new Launch(linux, signals, exactly(linux, args));
    }

    /** What the runtime's character set has damaged is read again from the kernel. */
    private static List<String> exactly(Linux linux, String[] args) {
        boolean plain = true;
        for (String arg : args) {
            plain = plain && arg.chars().allMatch(c -> c < 0x80);
        }
        List<String> exact = plain ? List.of() : linux.lastArguments(args.length);
        return exact.size() == args.length ? List.copyOf(exact) : List.of(args);
    }

    /** pidone's version. */
    public static String version() {
        String version = Launch.class.getPackage().getImplementationVersion();
        return version == null ? VERSION : version;
    }

    /** The name that pidone was called by, without its directory. */
    public String name() {
        return System.getProperty("pidone.name", "pidone");
    }

    /** The path that it was called by, if that ends in {@code name}; else the name: what getopt(3) calls a program. */
    public String program(String name) {
        String path = System.getProperty("pidone.path", name);
        return path.endsWith("/" + name) ? path : name;
    }

    public List<String> arguments() {
        return arguments;
    }

    public ProcessSystem system() {
        return system;
    }

    public Pipes pipes() {
        return linux.pipes();
    }

    public Poller poller() {
        return linux.poller();
    }

    public Terminal terminal() {
        return linux.terminal();
    }

    public ClockWatch clockWatch() {
        return linux.clockWatch();
    }

    /** The loop that takes this process's signals. */
    public EventLoop loop(EventSink sink) {
        return new EventLoop(signals, NanoClock.system(), sink);
    }

    public LinuxOutput stdout() {
        return linux.output(STDOUT);
    }

    public LinuxOutput stderr() {
        return linux.output(STDERR);
    }

    /** The text of a small file; empty if it cannot be read. */
    public byte[] read(String path) {
        return linux.read(path);
    }

    public boolean isPidOne() {
        return system.self().value() == 1;
    }

    /** Whether there is a process table to find descendants in. */
    public boolean procMounted() {
        return linux.read("/proc/self/stat").length > 0;
    }

    /**
     * Starts a command and looks after it to the end.
     *
     * @return its exit code
     * @throws SpawnException if it cannot be started
     */
    public int supervise(InitOptions options, EventSink sink) throws SpawnException {
        EventLoop loop = loop(sink);
        Init.Ports ports = new Init.Ports(system, linux.terminal(), new ProcProcessTable(Path.of("/proc")));
        Init init = new Init(options, ports, loop, sink);
        init.start();
        return init.run(pending());
    }

    private static Set<Integer> numbers(String property) {
        Set<Integer> numbers = new HashSet<>();
        for (String word : words(property)) {
            numbers.add(Integer.parseInt(word));
        }
        return numbers;
    }

    private static Optional<byte[]> environment() {
        return Optional.ofNullable(System.getenv(ENVIRONMENT))
                .filter(text -> !text.isEmpty())
                .map(Base64.getDecoder()::decode);
    }

    private static SignalSet ignored() {
        String bits = System.getProperty("pidone.ignored", "");
        return bits.isEmpty() ? SignalSet.EMPTY : new SignalSet(Long.parseUnsignedLong(bits, 16));
    }

    /** The signals that came while the launcher ran. */
    public List<Signal> pending() {
        List<Signal> pending = new ArrayList<>();
        for (String word : words("pidone.pending")) {
            Signal.parse(word).ifPresent(pending::add);
        }
        return pending;
    }

    private static List<String> words(String property) {
        String text = System.getProperty(property, "").strip();
        return text.isEmpty() ? List.of() : List.of(text.split(" +"));
    }
}
