package io.pidone.cron.schedule;

import io.pidone.cron.expression.CronExpression;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Delivery;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A scheduler in a world where time passes only when everybody waits for it, and the wall clock can be set. */
final class Simulation {

    static final ZoneId UTC = ZoneId.of("UTC");

    /** What happened, in order; the fire times as the schedule names them. */
    final List<Event> events = new ArrayList<>();
    final EventLoop loop;
    private long nanos;
    private Duration wallOffset;
    private Duration busy = Duration.ZERO;
    private Scheduler scheduler;

    Simulation(String start) {
        wallOffset = Duration.between(Instant.EPOCH, Instant.parse(start));
        loop = new EventLoop(new SignalQueue() {

            @Override
            public void open() {
                // Nothing to collect.
            }

            @Override
            public int await(long timeoutNanos) {
                if (timeoutNanos < 0) {
                    throw new AssertionError("everybody waits, and nothing will happen");
                }
                nanos += timeoutNanos + busy.toNanos();
                return TIMEOUT;
            }

            @Override
            public void wake() {
                // The loop looks for tasks before it waits.
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        }, () -> nanos, sink());
    }

    /** Takes down what happens. */
    EventSink sink() {
        return new EventSink() {

            @Override
            public boolean wants(Event.Severity severity) {
                return true;
            }

            @Override
            public void accept(Event event) {
                events.add(event);
            }
        };
    }

    Scheduler scheduler() {
        return scheduler(History.NONE);
    }

    Scheduler scheduler(History history) {
        scheduler = new Scheduler(loop, time(), sink(), history, new Random(1));
        return scheduler;
    }

    Scheduler.Time time() {
        return new Scheduler.Time(this::now, () -> nanos);
    }

    Instant now() {
        return Instant.EPOCH.plus(wallOffset).plusNanos(nanos);
    }

    /** Sets the wall clock forward, or back, and has the scheduler notice. */
    void step(Duration by) {
        wallOffset = wallOffset.plus(by);
        scheduler.clockChanged();
    }

    /** Each wait lasts so much longer than asked for, as on a machine without CPU to spare. */
    void eachWaitIsLateBy(Duration late) {
        busy = late;
    }

    /** Lets this much time pass. */
    void run(Duration time) {
        loop.after(time, loop::stop);
        loop.run(signal -> { });
    }

    /** When runs began. */
    List<String> starts() {
        return of(CronEvent.RunStarted.class).map(e -> e.run().startedAt().toString()).toList();
    }

    /** The fire times of the runs that began. */
    List<String> fireTimes() {
        return of(CronEvent.RunStarted.class).map(e -> e.run().fireTime().toString()).toList();
    }

    <E extends Event> Stream<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    Job job(String key, String schedule, Work work) {
        return job(key, schedule, work, EntrySettings.DEFAULT);
    }

    Job job(String key, String schedule, Work work, EntrySettings settings) {
        return new Job(key, key, "", 0, CronExpression.parse(schedule), UTC, work, settings);
    }

    /** Work that lasts for some time and ends with a code. */
    Work lasting(Duration duration, int code) {
        return new Simulated(duration, code, true);
    }

    /** Work that heeds no signal but KILL. */
    Work stubborn(Duration duration) {
        return new Simulated(duration, 0, false);
    }

    private final class Simulated implements Work {

        private final Duration duration;
        private final int code;
        private final boolean heeds;

        Simulated(Duration duration, int code, boolean heeds) {
            this.duration = duration;
            this.code = code;
            this.heeds = heeds;
        }

        @Override
        public Running start(Run run, Consumer<Ended> ended) {
            EventLoop.Timer end = loop.after(duration, () -> end(ended, ExitStatus.exited(code)));
            return new Running() {

                private boolean over;

                @Override
                public OptionalInt pid() {
                    return OptionalInt.empty();
                }

                @Override
                public Delivery signal(Signal signal) {
                    if (over || !heeds && signal != Signal.KILL) {
                        return Delivery.NO_SUCH_PROCESS;
                    }
                    over = true;
                    end.cancel();
                    loop.execute(() -> end(ended, ExitStatus.signaled(signal)));
                    return Delivery.SENT;
                }
            };
        }

        private void end(Consumer<Ended> ended, ExitStatus status) {
            ended.accept(new Ended(status, new ResourceUsage(0, 0, 0), Optional.empty()));
        }

        @Override
        public String description() {
            return "simulated";
        }
    }
}
