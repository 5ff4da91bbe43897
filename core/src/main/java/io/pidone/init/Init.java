package io.pidone.init;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ExitStatus;
import io.pidone.process.Pid;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.ProcessTable;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec;
import io.pidone.process.Terminal;
import io.pidone.process.WaitResult;
import io.pidone.reaper.EventLoop;
import io.pidone.reaper.ProcessTree;
import io.pidone.reaper.Reaper;
import io.pidone.reaper.Reaper.Drained;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs one command as an init does.
 *
 * <p>Phases: the command runs, and signals are forwarded to it; it has ended, and the rest of the tree gets
 * {@code SIGTERM} and the linger time; {@code SIGKILL}; nothing is left. For the loop's thread.
 */
public final class Init {

    /** As timeout(1): the command was ended because its time was up. */
    public static final int TIMED_OUT = 124;

    /** SIGKILL leaves nothing to wait for but processes stuck in the kernel, and those for no longer than this. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    /** Between the end of the run time and SIGKILL, where no grace period is given. */
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** Nothing tells of an adoption: the process table is looked at this often, where orphans are to be ended. */
    private static final Duration LOOK_FOR_ORPHANS = Duration.ofMillis(500);

    private final InitOptions options;
    private final ProcessSystem system;
    private final EventLoop loop;
    private final EventSink sink;
    private final ProcessTree tree;
    private final SignalForwarder forwarder;
    private final Foreground foreground;
    private final Reaper reaper;
    private final Set<Integer> adopted = new HashSet<>();
    private Pid child;
    private ExitStatus status;
    private boolean graceRuns;
    private boolean timedOut;

    /** The ports that an init works with. */
    public record Ports(ProcessSystem system, Terminal terminal, ProcessTable table) {
    }

    public Init(InitOptions options, Ports ports, EventLoop loop, EventSink sink) {
        this.options = options;
        this.system = ports.system();
        this.loop = loop;
        this.sink = sink;
        tree = new ProcessTree(system, ports.table());
        forwarder = new SignalForwarder(options, system, tree, loop, sink);
        foreground = new Foreground(system, ports.terminal());
        reaper = new Reaper(system, new Reaper.ReapListener() {
            @Override
            public void ended(WaitResult result) {
                reaped(result);
            }

            @Override
            public void stopped(WaitResult result) {
                if (isChild(result)) {
                    foreground.childStopped(child, result.stopSignal());
                }
            }
        });
    }

    /**
     * Starts the command.
     *
     * @throws SpawnException if it cannot be started; nothing has happened then
     */
    public void start() throws SpawnException {
        // What an earlier program of this process had left; whoever ends later announces itself.
        reaper.reapZombies();
        SpawnSpec spec = SpawnSpec.of(options.command()).withPlacement(options.placement());
        spec = options.directory().map(spec::withDirectory).orElse(spec);
        spec = options.credentials().map(spec::withCredentials).orElse(spec);
        child = system.spawn(foreground.handOver(spec));
        // From here on nothing ends this process but the stop sequence.
        foreground.childSpawned(child);
        forwarder.childSpawned(child);
        sink.accept(new Event.ChildSpawned(child.value(), options.command()));
        options.maxRuntime().ifPresent(limit -> loop.after(limit, this::timeIsUp));
        if (options.terminateOrphans()) {
            loop.after(LOOK_FOR_ORPHANS, this::lookForOrphans);
        }
    }

    /**
     * Looks after the command and everything below it until nothing is left.
     *
     * @param earlier signals that had come before the queue was opened
     * @return the exit code
     */
    public int run(List<Signal> earlier) {
        earlier.forEach(signal -> loop.execute(() -> onSignal(signal.number())));
        loop.run(this::onSignal);
        foreground.childEnded();
        if (timedOut) {
            return TIMED_OUT;
        }
        int code = status.shellCode();
        return options.expectedStatuses().contains(code) ? 0 : code;
    }

    private void onSignal(int number) {
        Signal signal = Signal.of(number);
        if (sink.wants(Event.Severity.DEBUG)) {
            sink.accept(new Event.SignalReceived(signal));
        }
        if (signal == Signal.CHLD) {
            drain();
            return;
        }
        forwarder.forward(signal, () -> {
            if (Terminating.is(signal)) {
                startGracePeriod(options.gracePeriod());
            }
        });
        if (options.suspendWithCommand() && isTerminalStop(signal)) {
            system.signal(system.self(), Signal.STOP);
        }
    }

    private static boolean isTerminalStop(Signal signal) {
        return signal == Signal.TSTP || signal == Signal.TTIN || signal == Signal.TTOU;
    }

    private Drained drain() {
        Drained drained = reaper.reapZombies();
        if (sink.wants(Event.Severity.TRACE)) {
            sink.accept(new Event.ZombiesReaped(drained == Drained.NO_CHILDREN));
        }
        if (drained == Drained.UNFINISHED) {
            loop.execute(this::drain);
        } else if (drained == Drained.NO_CHILDREN && status != null) {
            loop.stop();
        }
        return drained;
    }

    private void reaped(WaitResult result) {
        if (!adopted.isEmpty()) {
            adopted.remove(result.pid());
        }
        if (status == null && isChild(result)) {
            status = result.status();
            sink.accept(new Event.ChildReaped(result.pid(), status, result.usage()));
            childEnded();
        } else if (options.warnOnReap() || sink.wants(Event.Severity.DEBUG)) {
            sink.accept(new Event.OrphanReaped(result.pid(), result.status(), options.warnOnReap()));
        }
    }

    private boolean isChild(WaitResult result) {
        return child != null && child.value() == result.pid();
    }

    private void childEnded() {
        foreground.childEnded();
        options.lastSignal().ifPresent(last -> forwarder.forward(last, () -> { }));
        if (options.linger().isZero()) {
            loop.stop();
            return;
        }
        forwarder.childEnded();
        // After this drain: most often nothing is left.
        loop.execute(this::startLinger);
    }

    private void startLinger() {
        if (drain() == Drained.NO_CHILDREN) {
            return;
        }
        tree.signal(Signal.TERM, forwarder.terminatedGroups());
        loop.after(options.linger(), () -> killRest("the command has ended and its linger time is up"));
    }

    private void startGracePeriod(Duration period) {
        if (!graceRuns && !period.isZero()) {
            graceRuns = true;
            loop.after(period, () -> killRest("the grace period is up"));
        }
    }

    private void timeIsUp() {
        if (status != null) {
            return;
        }
        timedOut = true;
        sink.accept(new Event.StopEscalated("the command has run for its maximum time", Signal.TERM));
        forwarder.forward(Signal.TERM, () -> { });
        startGracePeriod(options.gracePeriod().isZero() ? DEFAULT_GRACE : options.gracePeriod());
    }

    private void killRest(String reason) {
        sink.accept(new Event.StopEscalated(reason, Signal.KILL));
        tree.kill();
        if (status == null) {
            system.signal(ProcessGroup.ledBy(child), Signal.KILL);
        }
        loop.after(AFTER_KILL, () -> {
            if (status != null) {
                sink.accept(new Event.Degraded("processes are left that SIGKILL does not end; leaving them behind"));
                loop.stop();
            }
        });
    }

    private void lookForOrphans() {
        for (int pid : tree.livingChildren()) {
            if (pid != child.value() && adopted.add(pid)) {
                system.signal(new Pid(pid), Signal.TERM);
                sink.accept(new Event.OrphanAdopted(pid, true));
                loop.after(options.linger(), () -> {
                    if (adopted.contains(pid)) {
                        sink.accept(new Event.StopEscalated("orphan " + pid + " did not end", Signal.KILL));
                        system.signal(new Pid(pid), Signal.KILL);
                    }
                });
            }
        }
        loop.after(LOOK_FOR_ORPHANS, this::lookForOrphans);
    }
}
