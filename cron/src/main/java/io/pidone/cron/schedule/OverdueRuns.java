package io.pidone.cron.schedule;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches over runs that go on: at each later fire time of its job, {@link CronEvent.RunOverdue} tells of it, whatever
 * the job's overlap, and also while a scheduler waits for the end of its last runs. Passes every event on. For the
 * loop's thread.
 */
public final class OverdueRuns implements EventSink {

    /** The loop's clock is never set, the wall clock may be: it is looked at again after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final EventLoop loop;
    private final InstantSource clock;
    private final EventSink target;
    private final Map<Run, Waiting> runs = new HashMap<>();

    /** Until the next fire time of a run's job. */
    private record Waiting(Instant next, EventLoop.Timer timer) {
    }

    /** Nothing runs yet. */
    public OverdueRuns(EventLoop loop, InstantSource clock, EventSink target) {
        this.loop = loop;
        this.clock = clock;
        this.target = target;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return target.wants(severity) || severity.compareTo(Event.Severity.INFO) <= 0;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CronEvent.RunEnded ended) {
            end(ended.run());
        }
        target.accept(event);
        if (event instanceof CronEvent.RunStarted started) {
            awaitNext(started.run(), started.run().fireTime());
        }
    }

    /** What came before the end is told before it, though the loop was busy. */
    private void end(Run run) {
        Waiting waiting = runs.remove(run);
        if (waiting != null) {
            waiting.timer.cancel();
            if (!clock.instant().isBefore(waiting.next)) {
                target.accept(new CronEvent.RunOverdue(run, waiting.next));
            }
        }
    }

    private void awaitNext(Run run, Instant after) {
        run.job().schedule().nextFireTime(after, run.job().zone()).ifPresent(next -> await(run, next));
    }

    private void await(Run run, Instant next) {
        Duration left = Duration.between(clock.instant(), next);
        Duration sleep = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
        runs.put(run, new Waiting(next, loop.after(sleep.isNegative() ? Duration.ZERO : sleep, () -> look(run))));
    }

    private void look(Run run) {
        Instant next = runs.remove(run).next;
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            await(run, next);
            return;
        }
        target.accept(new CronEvent.RunOverdue(run, next));
        // After a sleep of the machine or a step of the clock not each one that passed.
        Instant oldest = now.minus(Timetable.LATE);
        awaitNext(run, next.isBefore(oldest) ? oldest : next);
    }
}
