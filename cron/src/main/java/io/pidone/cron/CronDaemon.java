package io.pidone.cron;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.History;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.cron.schedule.RunRecord;
import io.pidone.cron.schedule.Scheduler;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Signal;
import io.pidone.process.WaitResult;
import io.pidone.reaper.EventLoop;
import io.pidone.reaper.ProcessTree;
import io.pidone.reaper.Reaper;
import io.pidone.reaper.Reaper.Drained;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs crontabs until it is told to stop: a scheduler whose jobs are commands, and the reaper of everything below.
 *
 * <p>{@code TERM}, {@code INT} and {@code QUIT} stop it: nothing is fired any more, the runs that go on get the signal
 * (for {@code TERM} the one their entry asks for) and are waited for; what is left of the tree then gets {@code TERM}
 * and five seconds. {@code HUP} and {@code USR2} read the crontabs again. For the loop's thread, but {@link #reload}.
 */
public final class CronDaemon {

    /** As timeout(1). */
    private static final int TIMED_OUT = 124;

    /** From {@code TERM} to {@code KILL} for what no run looks after any more; pidone's init has the same default. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final DaemonOptions options;
    private final DaemonPorts ports;
    private final EventLoop loop;
    private final EventSink sink;
    private final Scheduler scheduler;
    private final Commands commands;
    private final LeftBehind leftBehind;
    private final ProcessTree tree;
    private final Reaper reaper;
    private volatile boolean loaded;
    private volatile boolean stopping;
    private boolean told;
    private boolean lingering;
    private boolean reading;
    private boolean readAgain;

    /** What a daemon is given besides its ports. */
    public record Parts(EventSink sink, Optional<OutputPump> output, History history,
            Function<String, Optional<Account>> accounts) {
    }

    public CronDaemon(DaemonOptions options, DaemonPorts ports, EventLoop loop, Parts parts) {
        this.options = options;
        this.ports = ports;
        this.loop = loop;
        sink = parts.sink();
        scheduler = new Scheduler(loop, Scheduler.Time.system(), sink, parts.history(), new Random());
        scheduler.whenIdle(() -> {
            if (stopping) {
                loop.execute(this::linger);
            }
        });
        commands = new Commands(ports, parts.output(), parts.accounts());
        leftBehind = new LeftBehind(ports, commands, loop, sink);
        tree = new ProcessTree(ports.system(), ports.table());
        reaper = new Reaper(ports.system(), new Reaper.ReapListener() {

            @Override
            public void ended(WaitResult result) {
                reaped(result);
            }

            @Override
            public void stopped(WaitResult result) {
                // A run that was stopped is still running.
            }
        });
    }

    /** The scheduler, for those who look at it. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Whether crontabs hold and are fired; for any thread. */
    public boolean ready() {
        return loaded && !stopping;
    }

    /**
     * Reads the crontabs.
     *
     * @throws CrontabException if they cannot be used; nothing has happened then
     */
    public void load() throws CrontabException {
        use(new CrontabReader(options.syntax()).read(options.files()));
    }

    /**
     * Fires until a signal stops it.
     *
     * @param earlier signals that had come before the queue was opened
     */
    public void run(List<Signal> earlier) {
        earlier.forEach(signal -> loop.execute(() -> onSignal(signal.number())));
        loop.execute(() -> {
            drain();
            if (!stopping) {
                scheduler.start();
            }
        });
        loop.run(this::onSignal);
        sink.accept(new DaemonEvent.Stopped());
    }

    /**
     * Runs the job with this name now, without retries, and fires nothing else.
     *
     * @param earlier signals that had come before the queue was opened
     * @return its exit code, a shell's; 124 if its time was up
     * @throws IllegalArgumentException if there is no such job
     */
    public int runOnce(String name, List<Signal> earlier) {
        loop.execute(() -> {
            boolean known = scheduler.runNow(name);
            scheduler.stop();
            stopping = true;
            if (!known || scheduler.idle()) {
                loop.stop();
            }
        });
        earlier.forEach(signal -> loop.execute(() -> onSignal(signal.number())));
        loop.run(this::onSignal);
        RunOutcome outcome = scheduler.status().stream().filter(status -> status.job().name().equals(name))
                .flatMap(status -> status.last().stream()).map(RunRecord::outcome).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no job " + name));
        return outcome.timedOut() ? TIMED_OUT : outcome.status().shellCode();
    }

    private void onSignal(int number) {
        Signal signal = Signal.of(number);
        if (signal == Signal.CHLD) {
            drain();
            return;
        }
        if (sink.wants(Event.Severity.DEBUG)) {
            sink.accept(new Event.SignalReceived(signal));
        }
        if (signal == Signal.TERM || signal == Signal.INT || signal == Signal.QUIT) {
            stop(signal);
        } else if (signal == Signal.HUP || signal == Signal.USR2) {
            reload();
        }
    }

    /** Reads the crontabs again; from any thread. What takes long does not hold up the loop. */
    public void reload() {
        loop.execute(() -> {
            if (stopping) {
                return;
            }
            if (reading) {
                readAgain = true;
                return;
            }
            reading = true;
            Thread reader = new Thread(this::readAgain, "reload");
            reader.setDaemon(true);
            reader.start();
        });
    }

    private void readAgain() {
        try {
            Crontab crontab = new CrontabReader(options.syntax()).read(options.files());
            loop.execute(() -> use(crontab));
        } catch (CrontabException e) {
            loop.execute(() -> sink.accept(new DaemonEvent.CrontabRefused(e)));
        } catch (RuntimeException | Error e) {
            loop.execute(() -> sink.accept(new Event.HandlerFailed(e)));
        } finally {
            loop.execute(() -> {
                reading = false;
                if (readAgain) {
                    readAgain = false;
                    reload();
                }
            });
        }
    }

    private void use(Crontab crontab) {
        if (stopping) {
            return;
        }
        List<String> keys = JobKeys.of(crontab.entries());
        List<Job> jobs = new ArrayList<>();
        for (Entry entry : crontab.entries()) {
            String origin = entry.file() + ":" + entry.line();
            jobs.add(new Job(keys.get(jobs.size()), entry.label(), origin, entry.position(), entry.schedule(),
                    entry.zone().orElse(options.zone()), CommandWork.of(entry, commands), entry.settings()));
        }
        scheduler.replaceJobs(jobs);
        crontab.warnings().forEach(warning -> sink.accept(new DaemonEvent.CrontabDoubtful(warning)));
        sink.accept(new DaemonEvent.CrontabLoaded(options.files().stream().map(Path::toString).toList(), crontab,
                loaded));
        loaded = true;
    }

    private Drained drain() {
        Drained drained = reaper.reapZombies();
        if (drained == Drained.UNFINISHED) {
            loop.execute(this::drain);
        } else if (drained == Drained.NO_CHILDREN) {
            leftBehind.noChildren();
            if (lingering) {
                loop.stop();
            }
        }
        return drained;
    }

    private void reaped(WaitResult result) {
        int pid = result.pid();
        Optional<Run> run = commands.reaped(result);
        run.ifPresentOrElse(ended -> leftBehind.runEnded(pid, ended), () -> leftBehind.reaped(result));
    }

    private void stop(Signal signal) {
        if (!told) {
            told = true;
            stopping = true;
            scheduler.stop();
            sink.accept(new DaemonEvent.StopBegun(signal, scheduler.running()));
            options.gracePeriod().ifPresent(period ->
                    loop.after(period, () -> scheduler.killRuns("the grace period is up")));
        }
        if (scheduler.idle()) {
            linger();
        } else if (options.forwardStop()) {
            scheduler.stopRuns(signal);
        }
    }

    /** No run goes on: what is left gets a signal and some time. */
    private void linger() {
        if (lingering) {
            return;
        }
        lingering = true;
        if (drain() == Drained.NO_CHILDREN || !options.forwardStop()) {
            loop.stop();
            return;
        }
        tree.signal(Signal.TERM, Set.of());
        loop.after(LINGER, () -> {
            tree.kill();
            loop.stop();
        });
    }
}
