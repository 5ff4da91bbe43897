package io.pidone.cron;

import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.Work.Ended;
import io.pidone.cron.schedule.Work.Running;
import io.pidone.cron.schedule.Work.StartException;
import io.pidone.process.Credentials;
import io.pidone.process.Delivery;
import io.pidone.process.Environment;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pid;
import io.pidone.process.Pipes.Pipe;
import io.pidone.process.ProcessGroup;
import io.pidone.process.Redirect;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec;
import io.pidone.process.WaitResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts the commands of runs, each the leader of a process group of its own, and tells of their end when they were
 * reaped: not when their pipes close, which a grandchild may hold open. For the loop's thread.
 */
final class Commands {

    /** Which run a process belongs to, also when it has left the process group: {@code KEY/NUMBER}. */
    static final String RUN_VARIABLE = "PIDONE_RUN";

    private static final int CANNOT_EXECUTE = 126;
    private static final int STDIN = 0;

    private final DaemonPorts ports;
    private final Optional<OutputPump> output;
    private final Function<String, Optional<Account>> accounts;
    private final Map<Integer, Child> children = new HashMap<>();

    /** With a pump, output goes through it; without, commands write to this process's own descriptors. */
    Commands(DaemonPorts ports, Optional<OutputPump> output, Function<String, Optional<Account>> accounts) {
        this.ports = ports;
        this.output = output;
        this.accounts = accounts;
    }

    private final class Child implements Running {

        private final Run run;
        private final Pid pid;
        private final Consumer<Ended> ended;

        Child(Run run, Pid pid, Consumer<Ended> ended) {
            this.run = run;
            this.pid = pid;
            this.ended = ended;
        }

        @Override
        public OptionalInt pid() {
            return OptionalInt.of(pid.value());
        }

        /** The group; the process itself too where that has left its group. It is not reaped, so the pid is its own. */
        @Override
        public Delivery signal(Signal signal) {
            Delivery group = ports.system().signal(ProcessGroup.ledBy(pid), signal);
            if (group == Delivery.NO_SUCH_PROCESS || signal == Signal.KILL) {
                Delivery leader = ports.system().signal(pid, signal);
                return group == Delivery.SENT ? group : leader;
            }
            return group;
        }
    }

    /** Starts a run. */
    Running start(CommandWork work, Run run, Consumer<Ended> ended) throws StartException {
        List<Integer> ours = new ArrayList<>();
        try {
            SpawnSpec spec = SpawnSpec.of(work.shell(), "-c", work.command());
            spec = withUser(spec, work, run);
            spec = withDescriptors(spec, work, run, ours);
            Pid pid = ports.system().spawn(spec);
            Child child = new Child(run, pid, ended);
            children.put(pid.value(), child);
            return child;
        } catch (SpawnException e) {
            throw new StartException(e.getMessage(), e.shellCode(), e);
        } catch (ErrnoException e) {
            throw new StartException(e.getMessage(), CANNOT_EXECUTE, e);
        } finally {
            ours.forEach(ports.pipes()::close);
        }
    }

    private SpawnSpec withUser(SpawnSpec spec, CommandWork work, Run run) throws StartException {
        Environment environment = Environment.inherited();
        SpawnSpec changed = spec;
        if (work.user().isPresent()) {
            String name = work.user().get();
            Account account = accounts.apply(name).orElseThrow(() -> new StartException("no user '" + name
                    + "' in /etc/passwd; add it there, or name another one in the crontab", CANNOT_EXECUTE, null));
            Credentials credentials = account.credentials();
            changed = ports.user() == credentials.uid() ? changed : changed.withCredentials(credentials);
            changed = changed.withDirectory(work.environment().getOrDefault("HOME", homeOf(account)));
            environment = environment.with("HOME", account.home()).with("LOGNAME", account.name())
                    .with("USER", account.name()).with("SHELL", work.shell());
        }
        for (Map.Entry<String, String> variable : work.environment().entrySet()) {
            environment = environment.with(variable.getKey(), variable.getValue());
        }
        return changed.withEnvironment(environment.with(RUN_VARIABLE, tag(run))
                .with("PIDONE_FIRE_TIME", run.fireTime().toString()));
    }

    /** Users of services have homes that do not exist. */
    private static String homeOf(Account account) {
        return Files.isDirectory(Path.of(account.home())) ? account.home() : "/";
    }

    static String tag(Run run) {
        return run.job().key() + "/" + run.number();
    }

    private SpawnSpec withDescriptors(SpawnSpec spec, CommandWork work, Run run, List<Integer> ours) {
        SpawnSpec changed = spec;
        if (work.input().isPresent()) {
            int input = ports.pipes().input(work.input().get().getBytes(StandardCharsets.UTF_8));
            ours.add(input);
            changed = changed.withRedirect(new Redirect.Duplicate(STDIN, input));
        } else {
            changed = changed.withRedirect(new Redirect.Null(STDIN));
        }
        if (output.isPresent()) {
            for (Channel channel : Channel.values()) {
                Pipe pipe = output.get().open(run, channel);
                ours.add(pipe.writeEnd());
                changed = changed.withRedirect(new Redirect.Duplicate(channel.ordinal() + 1, pipe.writeEnd()));
            }
        }
        return changed;
    }

    /** A child was reaped; the run that it led, if it was one. */
    Optional<Run> reaped(WaitResult result) {
        Child child = children.remove(result.pid());
        if (child == null) {
            return Optional.empty();
        }
        child.ended.accept(new Ended(result.status(), usage(result), Optional.empty()));
        return Optional.of(child.run);
    }

    /**
     * The kernel counts what this process had when the child was spawned, since both shared their memory until the
     * child executed (exec_mmap keeps the peak): a peak below our own is unknown, 0.
     */
    private ResourceUsage usage(WaitResult result) {
        long peak = result.maxRssKiB();
        long own = ports.details().peakRssKiB(ports.system().self().value()).orElse(0L);
        return new ResourceUsage(result.userMicros(), result.systemMicros(), peak > own ? peak : 0);
    }

    /** Whether this is the first process of a run that goes on. */
    boolean leads(int pid) {
        return children.containsKey(pid);
    }

    boolean none() {
        return children.isEmpty();
    }
}
