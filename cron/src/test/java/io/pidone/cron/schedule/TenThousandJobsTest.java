package io.pidone.cron.schedule;

import io.pidone.cron.expression.CronExpression;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Delivery;
import io.pidone.process.ExitStatus;
import io.pidone.process.NanoClock;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.linux.Linux;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Ten thousand jobs, each of every second, on the real clock: none may miss a fire time. */
class TenThousandJobsTest {

    private static final int JOBS = 10_000;
    private static final int SECONDS = 6;

    private final long[] latenessNanos = new long[JOBS * (SECONDS + 2)];
    private final List<Event> problems = new ArrayList<>();
    private final List<Instant>[] fireTimes = lists();
    private int runs;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<Instant>[] lists() {
        List<Instant>[] lists = new List[JOBS];
        Arrays.setAll(lists, i -> new ArrayList<Instant>());
        return lists;
    }

    private final class Noting implements Work {

        private final int index;
        private final EventLoop loop;

        Noting(int index, EventLoop loop) {
            this.index = index;
            this.loop = loop;
        }

        @Override
        public Running start(Run run, Consumer<Ended> ended) {
            Duration late = Duration.between(run.fireTime(), InstantSource.system().instant());
            latenessNanos[runs++] = late.toNanos();
            fireTimes[index].add(run.fireTime());
            loop.execute(() -> ended.accept(
                    new Ended(ExitStatus.exited(0), new ResourceUsage(0, 0, 0), Optional.empty())));
            return new Running() {

                @Override
                public OptionalInt pid() {
                    return OptionalInt.empty();
                }

                @Override
                public Delivery signal(Signal signal) {
                    return Delivery.NO_SUCH_PROCESS;
                }
            };
        }

        @Override
        public String description() {
            return "note";
        }
    }

    @Test
    void shouldMissNoFireTime() {
        SignalQueue signals = Linux.open().signalQueue();
        signals.open();
        try {
            EventSink sink = new EventSink() {

                @Override
                public boolean wants(Event.Severity severity) {
                    return severity.compareTo(Event.Severity.WARN) <= 0;
                }

                @Override
                public void accept(Event event) {
                    if (wants(event.severity())) {
                        problems.add(event);
                    }
                }
            };
            EventLoop loop = new EventLoop(signals, NanoClock.system(), sink);
            Scheduler scheduler = new Scheduler(loop, Scheduler.Time.system(), sink, History.NONE, new Random(1));
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                jobs.add(new Job("job-" + i, "job-" + i, "", i, CronExpression.parse("* * * * * * *"),
                        ZoneId.of("Europe/Berlin"), new Noting(i, loop), EntrySettings.DEFAULT));
            }
            scheduler.replaceJobs(jobs);
            scheduler.start();
            loop.after(Duration.ofSeconds(SECONDS), loop::stop);
            loop.run(signal -> { });
        } finally {
            signals.close();
        }
        assertThat(problems).isEmpty();
        List<Instant> seconds = fireTimes[0];
        assertThat(seconds).hasSizeGreaterThan(1);
        for (int i = 1; i < seconds.size(); i++) {
            assertThat(seconds.get(i)).isEqualTo(seconds.get(i - 1).plusSeconds(1));
        }
        assertThat(fireTimes).allSatisfy(times -> assertThat(times).isEqualTo(seconds));
        Arrays.sort(latenessNanos, 0, runs);
        System.out.printf("lateness of %d runs: median %.1f ms, p99 %.1f ms, last %.1f ms%n", runs,
                latenessNanos[runs / 2] / 1e6, latenessNanos[runs * 99 / 100] / 1e6, latenessNanos[runs - 1] / 1e6);
    }
}
