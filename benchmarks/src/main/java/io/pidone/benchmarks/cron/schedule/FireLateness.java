package io.pidone.benchmarks.cron.schedule;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.History;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.Scheduler;
import io.pidone.cron.schedule.Work;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How late ten thousand jobs of every second start: pidone's scheduler, one timetable on one thread, beside a timer for
 * each entry that sets itself anew, as supercronic has a goroutine for each. Both run in turn, three times, with the
 * same expressions; a job only notes the time. Run by {@code benchmarks/lateness}.
 */
public final class FireLateness {

    private static final int JOBS = 10_000;
    private static final int SECONDS = 10;
    private static final int ROUNDS = 3;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final InstantSource CLOCK = InstantSource.system();

    private final long[] nanos = new long[JOBS * (SECONDS + 5)];
    private final AtomicInteger count = new AtomicInteger();
    private final CronExpression everySecond = CronExpression.parse("* * * * * * *");

    private FireLateness() {
    }

    /** Prints a line for each of both and each round. */
    public static void main(String[] args) {
        for (int round = 0; round < ROUNDS; round++) {
            new FireLateness().pidone();
            new FireLateness().timerPerEntry();
        }
        System.exit(0);
    }

    private void note(Instant fireTime) {
        int index = count.getAndIncrement();
        if (index < nanos.length) {
            nanos[index] = Duration.between(fireTime, CLOCK.instant()).toNanos();
        }
    }

    private void print(String who) {
        int runs = Math.min(count.get(), nanos.length);
        Arrays.sort(nanos, 0, runs);
        System.out.printf("%-16s %7d runs, lateness median %6.1f ms, p99 %6.1f ms, last %6.1f ms%n", who, runs,
                nanos[runs / 2] / 1e6, nanos[runs * 99 / 100] / 1e6, nanos[runs - 1] / 1e6);
    }

    private void pidone() {
        SignalQueue signals = Linux.open().signalQueue();
        signals.open();
        EventLoop loop = new EventLoop(signals, NanoClock.system(), new Silence());
        Scheduler scheduler = new Scheduler(loop, Scheduler.Time.system(), new Silence(), History.NONE, new Random(1));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(new Job("job-" + i, "job-" + i, "", i, everySecond, ZONE, new Noting(loop),
                    EntrySettings.DEFAULT));
        }
        scheduler.replaceJobs(jobs);
        scheduler.start();
        loop.after(Duration.ofSeconds(SECONDS), loop::stop);
        loop.run(signal -> { });
        signals.close();
        print("pidone");
    }

    private void timerPerEntry() {
        int threads = Runtime.getRuntime().availableProcessors();
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(threads);
        for (int i = 0; i < JOBS; i++) {
            setTimer(timers, CLOCK.instant());
        }
        try {
            TimeUnit.SECONDS.sleep(SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timers.shutdownNow();
        print("timer per entry");
    }

    private void setTimer(ScheduledThreadPoolExecutor timers, Instant after) {
        Instant next = everySecond.nextFireTime(after, ZONE).orElseThrow();
        timers.schedule(() -> {
            note(next);
            setTimer(timers, next);
        }, Duration.between(CLOCK.instant(), next).toNanos(), TimeUnit.NANOSECONDS);
    }

    private static final class Silence implements EventSink {

        @Override
        public boolean wants(Event.Severity severity) {
            return false;
        }

        @Override
        public void accept(Event event) {
            // Not what is measured.
        }
    }

    private final class Noting implements Work, Work.Running {

        private final EventLoop loop;

        Noting(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public Running start(Run run, Consumer<Ended> ended) {
            note(run.fireTime());
            loop.execute(() -> ended.accept(
                    new Ended(ExitStatus.exited(0), new ResourceUsage(0, 0, 0), Optional.empty())));
            return this;
        }

        @Override
        public String description() {
            return "note";
        }

        @Override
        public OptionalInt pid() {
            return OptionalInt.empty();
        }

        @Override
        public Delivery signal(Signal signal) {
            return Delivery.NO_SUCH_PROCESS;
        }
    }
}
