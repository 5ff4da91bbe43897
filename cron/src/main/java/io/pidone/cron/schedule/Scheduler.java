package io.pidone.cron.schedule;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NanoClock;
import io.pidone.process.Signal;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Runs jobs at their fire times, on the thread of an event loop.
 *
 * <p>Deadlines are absolute times of the wall clock. The loop sleeps by a clock that is never set, so a long sleep is
 * cut in parts, and {@link #clockChanged} has it look again. All methods belong to the loop's thread.
 */
public final class Scheduler {

    /** Clocks drift apart by at most 500 ppm while NTP slews one; a sixteenth less of a sleep is far more. */
    private static final Duration LONG_SLEEP = Duration.ofMinutes(1);
    private static final int PART = 16;

    private final EventLoop loop;
    private final Clocks clocks;
    private final EventSink sink;
    private final History history;
    private final JobRuns.Shared shared;
    private final Timetable timetable = new Timetable();
    private final Map<String, JobRuns> jobs = new LinkedHashMap<>();
    private final RunCount count = new RunCount();
    private final List<JobRuns> retired = new ArrayList<>();
    private final Timetable.Listener listener = new Timetable.Listener() {

        @Override
        public void due(Job job, Instant fireTime) {
            jobs.get(job.key()).fire(fireTime);
        }

        @Override
        public void misfired(Job job, int missed, Instant first, Instant last, boolean madeUp) {
            sink.accept(new CronEvent.EntryMisfired(job, missed, first, last, madeUp));
        }
    };
    private Optional<Instant> since = Optional.empty();
    private EventLoop.Timer wake;
    private Instant wakeFor = Instant.MAX;
    private boolean started;
    private boolean stopped;

    /** The clocks that a scheduler reads: the wall clock, and one that is never set. */
    public record Time(InstantSource wall, NanoClock steady) {

        /** The system's. */
        public static Time system() {
            return new Time(InstantSource.system(), NanoClock.system());
        }
    }

    /**
     * A scheduler without jobs.
     *
     * @param random draws the jitter of a splay
     */
    public Scheduler(EventLoop loop, Time time, EventSink sink, History history, RandomGenerator random) {
        this.loop = loop;
        this.sink = sink;
        this.history = history;
        clocks = new Clocks(time.wall(), time.steady());
        shared = new JobRuns.Shared(loop, time, sink, history, random, count);
    }

    /**
     * Has the first jobs fire at their times after {@code time} too, if that is less than a minute ago: what passed
     * while this process began. To be called before they are there.
     */
    public void serveSince(Instant time) {
        since = Optional.of(time);
    }

    /**
     * Has exactly these jobs from now on. One whose key is there already keeps its runs, and its next fire time too if
     * its schedule is the same; one that is gone runs to its end.
     *
     * @throws IllegalArgumentException if two have the same key
     */
    public void replaceJobs(Collection<Job> wanted) {
        Set<String> keys = new HashSet<>();
        for (Job job : wanted) {
            if (!keys.add(job.key())) {
                throw new IllegalArgumentException("two jobs have the key " + job.key());
            }
        }
        Instant now = clocks.now();
        history.replaceJobs(wanted, now);
        for (String key : List.copyOf(jobs.keySet())) {
            if (!keys.contains(key)) {
                retire(key);
            }
        }
        Instant from = since.filter(time -> jobs.isEmpty() && !time.isAfter(now)
                && Duration.between(time, now).compareTo(Timetable.LATE) < 0).orElse(now);
        for (Job job : wanted) {
            put(job, from);
        }
        arm();
    }

    private void retire(String key) {
        timetable.remove(key);
        JobRuns runs = jobs.remove(key);
        runs.retire();
        retired.removeIf(JobRuns::idle);
        if (!runs.idle()) {
            retired.add(runs);
        }
    }

    private void put(Job job, Instant now) {
        JobRuns known = jobs.get(job.key());
        if (known != null && known.job().equals(job)) {
            return;
        }
        boolean sameTimes = known != null && known.job().schedule().equals(job.schedule())
                && known.job().zone().equals(job.zone());
        Instant from = sameTimes ? timetable.next(job.key()).map(next -> next.minusSeconds(1)).orElse(now) : now;
        if (known == null) {
            jobs.put(job.key(), new JobRuns(job, shared));
        } else {
            known.change(job);
        }
        timetable.put(job, from);
    }

    /** Starts: what is to run at the start runs, what was missed is made up for where a job asks for that. */
    public void start() {
        started = true;
        Instant now = clocks.now();
        for (JobRuns runs : List.copyOf(jobs.values())) {
            if (runs.job().schedule().atReboot()) {
                runs.fire(now);
            } else {
                catchUp(runs, now);
            }
        }
        arm();
    }

    private void catchUp(JobRuns runs, Instant now) {
        Job job = runs.job();
        Optional<Instant> last = history.lastFireTime(job);
        Optional<Duration> bound = job.settings().catchUp();
        if (last.isEmpty() || bound.isEmpty()) {
            return;
        }
        Timetable.missed(job, last.get(), now).ifPresent(missed -> {
            boolean madeUp = Duration.between(missed.last(), now).compareTo(bound.get()) <= 0;
            listener.misfired(job, missed.count(), missed.first(), missed.last(), madeUp);
            if (madeUp) {
                runs.fire(missed.last());
            }
        });
    }

    /** Begins nothing any more, retries included; runs that go on are not touched. */
    public void stop() {
        stopped = true;
        jobs.values().forEach(JobRuns::retire);
        if (wake != null) {
            wake.cancel();
        }
    }

    /** The wall clock was set, or the machine slept: looks again. */
    public void clockChanged() {
        serve();
    }

    /** Begins a run of the job with this name or key now, beside those that go on; whether there is such a job. */
    public boolean runNow(String name) {
        Optional<JobRuns> found = jobs.values().stream()
                .filter(runs -> runs.job().name().equals(name) || runs.job().key().equals(name)).findFirst();
        found.ifPresent(runs -> runs.runNow(clocks.now()));
        return found.isPresent();
    }

    /** Whether no run goes on. */
    public boolean idle() {
        return count.running() == 0;
    }

    /** Has {@code action} run whenever a run has ended and no other goes on. */
    public void whenIdle(Runnable action) {
        count.whenNone(action);
    }

    /** How many runs go on. */
    public int running() {
        return count.running();
    }

    /** Forwards a signal to every run that goes on; in place of {@code TERM} each gets its own stop signal. */
    public void stopRuns(Signal signal) {
        jobs.values().forEach(runs -> runs.forward(signal));
        retired.forEach(runs -> runs.forward(signal));
    }

    /** Kills every run that goes on. */
    public void killRuns(String reason) {
        jobs.values().forEach(runs -> runs.kill(reason));
        retired.forEach(runs -> runs.kill(reason));
    }

    /** Where each job stands, in their order. */
    public List<JobStatus> status() {
        return jobs.values().stream().map(runs -> runs.status(timetable.next(runs.job().key()))).toList();
    }

    private void serve() {
        if (stopped) {
            return;
        }
        Duration jump = clocks.takeJump();
        Instant now = clocks.now();
        if (!jump.isZero()) {
            sink.accept(new Event.ClockJumped(jump));
            if (jump.isNegative()) {
                timetable.clockSetBack(jump.negated(), now);
            }
        }
        wakeFor = Instant.MAX;
        try {
            timetable.serve(now, listener);
        } finally {
            arm();
        }
    }

    private void arm() {
        Optional<Instant> next = timetable.next();
        if (!started || stopped || next.isEmpty() || next.get().equals(wakeFor)) {
            return;
        }
        if (wake != null) {
            wake.cancel();
        }
        wakeFor = next.get();
        Duration sleep = Duration.between(clocks.now(), wakeFor);
        Duration first = sleep.compareTo(LONG_SLEEP) > 0 ? sleep.minus(sleep.dividedBy(PART)) : sleep;
        wake = loop.after(first.isNegative() ? Duration.ZERO : first, this::serve);
    }
}
