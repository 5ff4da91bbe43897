package io.pidone.cron.schedule;

import io.pidone.cron.schedule.Work.Ended;
import io.pidone.cron.schedule.Work.StartException;
import io.pidone.event.EventSink;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The runs of one job: those that go on, those that wait, and what follows when one ends.
 *
 * <p>A fire time becomes a run after its jitter; while another run goes on, the overlap policy decides. A run ends by
 * itself or is stopped: its stop signal, the grace period, SIGKILL. A failed one is tried again after a delay that
 * doubles each time, unless a newer fire time comes first. For the scheduler's thread.
 */
final class JobRuns {

    /** Waiting runs of one job; a job that never ends does not fill the memory. */
    private static final int MOST_WAITING = 100;

    private static final Duration LONGEST_RETRY_DELAY = Duration.ofHours(1);
    private static final int CANNOT_EXECUTE = 126;

    /** What all jobs of a scheduler share. */
    record Shared(EventLoop loop, Scheduler.Time time, EventSink sink, History history, RandomGenerator random,
            RunCount count) {
    }

    private static final class Active {

        private final Run run;
        private final long startedNanos;
        private Work.Running running;
        private EventLoop.Timer timeout;
        private EventLoop.Timer kill;
        private boolean timedOut;
        private boolean replaced;

        private Active(Run run, long startedNanos) {
            this.run = run;
            this.startedNanos = startedNanos;
        }
    }

    private final Shared shared;
    private final List<Active> active = new ArrayList<>();
    private final Deque<Instant> waiting = new ArrayDeque<>();
    private final Set<EventLoop.Timer> delayed = new HashSet<>();
    private Job job;
    private EventLoop.Timer retry;
    private long runs;
    private boolean retired;
    private Optional<RunRecord> last = Optional.empty();

    JobRuns(Job job, Shared shared) {
        this.job = job;
        this.shared = shared;
        runs = shared.history.runs(job);
    }

    Job job() {
        return job;
    }

    /** From now on the job is this one; runs that go on keep what they were started with. */
    void change(Job changed) {
        job = changed;
    }

    boolean idle() {
        return active.isEmpty();
    }

    JobStatus status(Optional<Instant> next) {
        return new JobStatus(job, next, runs, active.stream().map(a -> a.run).toList(), last);
    }

    /** A fire time has come. */
    void fire(Instant fireTime) {
        shared.history.fired(job, fireTime);
        shared.sink.accept(new CronEvent.EntryFired(job, fireTime));
        cancelRetry();
        long splayNanos = job.settings().splay().toNanos();
        if (splayNanos == 0) {
            begin(fireTime);
        } else {
            later(Duration.ofNanos(shared.random.nextLong(splayNanos)), () -> begin(fireTime));
        }
    }

    /** Begins a run now, whatever else goes on. */
    void runNow(Instant fireTime) {
        start(fireTime, 1);
    }

    private void later(Duration delay, Runnable action) {
        EventLoop.Timer[] timer = new EventLoop.Timer[1];
        timer[0] = shared.loop.after(delay, () -> {
            delayed.remove(timer[0]);
            action.run();
        });
        delayed.add(timer[0]);
    }

    private void begin(Instant fireTime) {
        if (active.isEmpty()) {
            start(fireTime, 1);
            return;
        }
        Active running = active.get(0);
        switch (job.settings().overlap()) {
            case ALLOW -> start(fireTime, 1);
            case SKIP -> shared.sink.accept(new CronEvent.RunSkipped(job, fireTime, running.run, 0));
            case QUEUE -> queue(fireTime, running);
            case REPLACE -> {
                waiting.clear();
                waiting.add(fireTime);
                shared.sink.accept(new CronEvent.RunQueued(job, fireTime, running.run, true));
                for (Active each : active) {
                    each.replaced = true;
                    stop(each, "a newer run replaces it");
                }
            }
        }
    }

    private void queue(Instant fireTime, Active running) {
        if (waiting.size() >= MOST_WAITING) {
            shared.sink.accept(new CronEvent.RunSkipped(job, fireTime, running.run, waiting.size()));
            return;
        }
        waiting.add(fireTime);
        shared.sink.accept(new CronEvent.RunQueued(job, fireTime, running.run, false));
    }

    private void start(Instant fireTime, int attempt) {
        Run run = new Run(job, ++runs, attempt, fireTime, shared.time.wall().instant());
        shared.history.began(run);
        Active started = new Active(run, shared.time.steady().nanoTime());
        try {
            started.running = job.work().start(run, ended -> ended(started, ended));
        } catch (StartException e) {
            notStarted(run, e.getMessage(), e.exitCode());
            return;
        } catch (RuntimeException e) {
            // Whatever fails here fails this run alone.
            notStarted(run, e.toString(), CANNOT_EXECUTE);
            return;
        }
        active.add(started);
        shared.count.began();
        shared.sink.accept(new CronEvent.RunStarted(run, started.running.pid().orElse(0)));
        job.settings().timeout().ifPresent(limit -> started.timeout = shared.loop.after(limit, () -> {
            started.timedOut = true;
            stop(started, "its time was up");
        }));
    }

    private void notStarted(Run run, String reason, int exitCode) {
        shared.sink.accept(new CronEvent.RunNotStarted(run, reason, exitCode));
        RunOutcome outcome = new RunOutcome(ExitStatus.exited(exitCode), new ResourceUsage(0, 0, 0), Duration.ZERO,
                false, Optional.of(reason));
        last = Optional.of(new RunRecord(run, outcome));
        shared.history.ended(run, outcome);
        tryAgain(run);
    }

    private void ended(Active ended, Ended how) {
        active.remove(ended);
        cancel(ended.timeout);
        cancel(ended.kill);
        Duration duration = Duration.ofNanos(shared.time.steady().nanoTime() - ended.startedNanos);
        RunOutcome outcome = new RunOutcome(how.status(), how.usage(), duration, ended.timedOut, how.failure());
        last = Optional.of(new RunRecord(ended.run, outcome));
        shared.history.ended(ended.run, outcome);
        shared.sink.accept(new CronEvent.RunEnded(ended.run, outcome));
        if (active.isEmpty() && !waiting.isEmpty()) {
            start(waiting.poll(), 1);
        } else if (!outcome.success() && !ended.replaced) {
            tryAgain(ended.run);
        }
        shared.count.ended();
    }

    private void tryAgain(Run failed) {
        Retry policy = job.settings().retry();
        if (retired || failed.attempt() > policy.attempts()) {
            return;
        }
        Duration delay = policy.delay(failed.attempt(), LONGEST_RETRY_DELAY);
        shared.sink.accept(new CronEvent.RetryPlanned(failed, delay));
        cancelRetry();
        retry = shared.loop.after(delay, () -> start(failed.fireTime(), failed.attempt() + 1));
    }

    private void cancelRetry() {
        cancel(retry);
        retry = null;
    }

    private static void cancel(EventLoop.Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void stop(Active target, String reason) {
        if (target.kill != null) {
            return;
        }
        EntrySettings.Stop how = target.run.job().settings().stop();
        send(target, reason, how.signal());
        how.gracePeriod().ifPresent(period ->
                target.kill = shared.loop.after(period, () -> send(target, "its grace period is up", Signal.KILL)));
    }

    private void send(Active target, String reason, Signal signal) {
        shared.sink.accept(new CronEvent.RunStopped(target.run, reason, signal));
        target.running.signal(signal);
    }

    /** Begins nothing any more; runs that go on are not touched. */
    void retire() {
        retired = true;
        waiting.clear();
        delayed.forEach(EventLoop.Timer::cancel);
        delayed.clear();
        cancelRetry();
    }

    /** Passes a signal on to what goes on; {@code TERM} as what each is asked to end with. */
    void forward(Signal signal) {
        for (Active each : List.copyOf(active)) {
            each.running.signal(signal == Signal.TERM ? each.run.job().settings().stop().signal() : signal);
        }
    }

    /** Ends what goes on, at once. */
    void kill(String reason) {
        for (Active each : List.copyOf(active)) {
            send(each, reason, Signal.KILL);
        }
    }
}
