package io.pidone.cli.supercronic;

import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Watches over runs that go on: at each fire time of its job that passes, somebody is told. supercronic does so whether
 * or not the new run begins, and also while it waits for the end of the last runs. For the loop's thread.
 */
final class RunningJobs implements EventSink {

    /** The loop's clock is never set, the wall clock may be: it is looked at again after this time. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final EventLoop loop;
    private final InstantSource clock;
    private final BiConsumer<Run, Instant> passed;
    private final Map<Run, EventLoop.Timer> timers = new HashMap<>();

    /**
     * Nobody runs yet.
     *
     * @param passed told of a run and a later fire time of its job
     */
    RunningJobs(EventLoop loop, InstantSource clock, BiConsumer<Run, Instant> passed) {
        this.loop = loop;
        this.clock = clock;
        this.passed = passed;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return true;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CronEvent.RunStarted started) {
            awaitNext(started.run(), started.run().fireTime());
        } else if (event instanceof CronEvent.RunEnded ended) {
            EventLoop.Timer timer = timers.remove(ended.run());
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private void awaitNext(Run run, Instant after) {
        timers.remove(run);
        run.job().schedule().nextFireTime(after, run.job().zone()).ifPresent(next -> await(run, next));
    }

    private void await(Run run, Instant next) {
        Duration left = Duration.between(clock.instant(), next);
        Duration sleep = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
        timers.put(run, loop.after(sleep.isNegative() ? Duration.ZERO : sleep, () -> {
            if (clock.instant().isBefore(next)) {
                await(run, next);
            } else {
                passed.accept(run, next);
                awaitNext(run, next);
            }
        }));
    }
}
