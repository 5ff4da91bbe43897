package io.pidone.cron.schedule;

import io.pidone.event.Event;
import io.pidone.process.ExitStatus;
import io.pidone.process.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchedulerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final EntrySettings DEFAULT = EntrySettings.DEFAULT;

    private final Simulation world = new Simulation("2026-06-01T00:00:00.250Z");

    private Scheduler started(Job... jobs) {
        Scheduler scheduler = world.scheduler();
        scheduler.replaceJobs(List.of(jobs));
        scheduler.start();
        return scheduler;
    }

    private static List<String> numbers(List<String> times) {
        return times.stream().map(time -> time.substring(11, 19)).toList();
    }

    @Test
    void shouldRunAtEachFireTime() {
        started(world.job("a", "*/20 * * * * * *", world.lasting(SECOND, 0)),
                world.job("b", "* * * * *", world.lasting(SECOND, 0)));
        world.run(MINUTE);
        assertThat(world.starts()).containsExactly("2026-06-01T00:00:20Z", "2026-06-01T00:00:40Z",
                "2026-06-01T00:01:00Z", "2026-06-01T00:01:00Z");
        assertThat(world.of(CronEvent.RunEnded.class)).hasSize(2).allMatch(e -> e.outcome().success()
                && e.outcome().duration().equals(SECOND));
    }

    @Test
    void shouldCountRunsOfEachJob() {
        started(world.job("a", "* * * * * * *", world.lasting(Duration.ZERO, 0)),
                world.job("b", "*/2 * * * * * *", world.lasting(Duration.ZERO, 0)));
        world.run(Duration.ofMillis(4500));
        assertThat(world.of(CronEvent.RunStarted.class).map(e -> e.run().job().key() + e.run().number()))
                .containsExactly("a1", "a2", "b1", "a3", "a4", "b2");
    }

    @Test
    void shouldServeEveryFireTimeWhenTheMachineIsSlow() {
        world.eachWaitIsLateBy(Duration.ofMillis(3700));
        started(world.job("a", "* * * * * * *", world.lasting(Duration.ZERO, 0),
                DEFAULT.withOverlap(Overlap.ALLOW)));
        world.run(MINUTE);
        List<String> times = world.fireTimes();
        assertThat(times).hasSizeGreaterThanOrEqualTo(59).doesNotHaveDuplicates().isSorted();
        assertThat(times.get(0)).isEqualTo("2026-06-01T00:00:01Z");
        assertThat(world.of(CronEvent.EntryMisfired.class)).isEmpty();
    }

    @Test
    void shouldSkipARunWhileTheLastGoesOn() {
        started(world.job("a", "*/10 * * * * * *", world.lasting(Duration.ofSeconds(25), 0)));
        world.run(MINUTE);
        assertThat(numbers(world.starts())).containsExactly("00:00:10", "00:00:40");
        assertThat(world.of(CronEvent.RunSkipped.class).map(e -> e.running().number())).containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void shouldRunBesideTheLastWhenOverlapIsAllowed() {
        started(world.job("a", "*/10 * * * * * *", world.lasting(Duration.ofSeconds(25), 0),
                DEFAULT.withOverlap(Overlap.ALLOW)));
        world.run(Duration.ofSeconds(31));
        assertThat(numbers(world.starts())).containsExactly("00:00:10", "00:00:20", "00:00:30");
    }

    @Test
    void shouldRunAfterTheLastWhenQueued() {
        started(world.job("a", "*/10 * * * * * *", world.lasting(Duration.ofSeconds(15), 0),
                DEFAULT.withOverlap(Overlap.QUEUE)));
        world.run(MINUTE);
        assertThat(numbers(world.starts())).containsExactly("00:00:10", "00:00:25", "00:00:40", "00:00:55");
        assertThat(numbers(world.fireTimes())).containsExactly("00:00:10", "00:00:20", "00:00:30", "00:00:40");
    }

    @Test
    void shouldNotQueueWithoutBound() {
        started(world.job("a", "* * * * * * *", world.lasting(HOUR, 0), DEFAULT.withOverlap(Overlap.QUEUE)));
        world.run(Duration.ofSeconds(200));
        assertThat(world.of(CronEvent.RunQueued.class)).hasSize(100);
        assertThat(world.of(CronEvent.RunSkipped.class)).hasSize(99);
    }

    @Test
    void shouldReplaceTheLastRun() {
        started(world.job("a", "*/10 * * * * * *", world.stubborn(HOUR), DEFAULT.withOverlap(Overlap.REPLACE)
                .withGracePeriod(Optional.of(Duration.ofSeconds(3)))));
        world.run(Duration.ofSeconds(29));
        assertThat(numbers(world.starts())).containsExactly("00:00:10", "00:00:23");
        assertThat(world.of(CronEvent.RunStopped.class).map(CronEvent.RunStopped::signal))
                .containsExactly(Signal.TERM, Signal.KILL);
        assertThat(world.of(CronEvent.RetryPlanned.class)).isEmpty();
    }

    @Test
    void shouldEndARunWhoseTimeIsUp() {
        started(world.job("a", "0 0 * * * * *", world.lasting(HOUR, 0), DEFAULT.withTimeout(Optional.of(MINUTE))
                .withStopSignal(Signal.INT)));
        world.run(Duration.ofMinutes(62));
        CronEvent.RunEnded ended = world.of(CronEvent.RunEnded.class).findFirst().orElseThrow();
        assertThat(ended.outcome().timedOut()).isTrue();
        assertThat(ended.outcome().success()).isFalse();
        assertThat(ended.outcome().status()).isEqualTo(ExitStatus.signaled(Signal.INT));
        assertThat(ended.outcome().duration()).isEqualTo(MINUTE);
    }

    @Test
    void shouldTryAgainWithDoubledDelays() {
        started(world.job("a", "0 1 0 * * * *", world.lasting(SECOND, 3),
                DEFAULT.withRetry(new Retry(3, Duration.ofSeconds(10)))));
        world.run(HOUR);
        assertThat(numbers(world.starts())).containsExactly("00:01:00", "00:01:11", "00:01:32", "00:02:13");
        assertThat(world.of(CronEvent.RunStarted.class).map(e -> e.run().attempt())).containsExactly(1, 2, 3, 4);
        assertThat(Set.copyOf(world.fireTimes())).containsExactly("2026-06-01T00:01:00Z");
    }

    @Test
    void shouldForgetARetryWhenANewerFireTimeComes() {
        started(world.job("a", "0 * * * * * *", world.lasting(SECOND, 3), DEFAULT.withRetry(new Retry(9, HOUR))));
        world.run(Duration.ofMinutes(3));
        assertThat(world.of(CronEvent.RunStarted.class).map(e -> e.run().attempt())).containsOnly(1).hasSize(3);
    }

    @Test
    void shouldDelayRunsByLessThanTheSplay() {
        started(world.job("a", "0 * * * * * *", world.lasting(Duration.ZERO, 0),
                DEFAULT.withSplay(Duration.ofSeconds(30))));
        world.run(HOUR);
        List<Integer> delays = world.of(CronEvent.RunStarted.class)
                .map(e -> (int) Duration.between(e.run().fireTime(), e.run().startedAt()).toSeconds()).toList();
        assertThat(delays).hasSizeGreaterThanOrEqualTo(59).allMatch(d -> d >= 0 && d < 30);
        assertThat(new HashSet<>(delays)).hasSizeGreaterThan(15);
    }

    @Test
    void shouldRunAtTheStartOnceForReboot() {
        Scheduler scheduler = started(world.job("a", "@reboot", world.lasting(SECOND, 0)));
        scheduler.replaceJobs(List.of(world.job("a", "@reboot", world.lasting(MINUTE, 0)),
                world.job("b", "@reboot", world.lasting(SECOND, 0)),
                world.job("c", "@hourly", world.lasting(SECOND, 0))));
        world.run(MINUTE);
        assertThat(world.of(CronEvent.RunStarted.class).map(e -> e.run().job().key())).containsExactly("a");
    }

    @Test
    void shouldGoOnWhenAWorkThrows() {
        Work broken = new Work() {

            @Override
            public Running start(Run run, Consumer<Ended> ended) {
                throw new IllegalStateException("no descriptor left");
            }

            @Override
            public String description() {
                return "broken";
            }
        };
        started(world.job("a", "* * * * * * *", broken),
                world.job("b", "* * * * * * *", world.lasting(Duration.ZERO, 0)));
        world.run(Duration.ofSeconds(3));
        assertThat(world.of(CronEvent.RunNotStarted.class)).hasSize(3)
                .allMatch(e -> e.reason().contains("no descriptor left"));
        assertThat(world.starts()).hasSize(3);
    }

    @Test
    void shouldRunSkippedFixedTimesOnceWhenTheClockIsPutForward() {
        started(world.job("fixed", "30 1 * * *", world.lasting(SECOND, 0)),
                world.job("wild", "* * * * *", world.lasting(SECOND, 0)));
        world.run(Duration.ofSeconds(90));
        world.events.clear();
        world.step(Duration.ofHours(2));
        assertThat(world.of(CronEvent.EntryFired.class).map(e -> e.job().key() + e.fireTime()))
                .containsExactly("fixed2026-06-01T01:30:00Z", "wild2026-06-01T02:01:00Z");
        assertThat(world.of(CronEvent.EntryMisfired.class).map(e -> e.job().key() + e.missed() + e.madeUp()))
                .containsExactly("wild119false", "fixed1true");
        assertThat(world.of(Event.ClockJumped.class).map(Event.ClockJumped::step)).containsExactly(Duration.ofHours(2));
    }

    @Test
    void shouldNotMakeUpForMoreThanThreeHours() {
        started(world.job("fixed", "30 1 * * *", world.lasting(SECOND, 0)),
                world.job("caught-up", "30 1 * * *", world.lasting(SECOND, 0),
                        DEFAULT.withCatchUp(Optional.of(Duration.ofHours(12)))));
        world.step(Duration.ofHours(10));
        assertThat(world.of(CronEvent.EntryFired.class).map(e -> e.job().key())).containsExactly("caught-up");
        assertThat(world.of(CronEvent.EntryMisfired.class)).hasSize(2);
    }

    @Test
    void shouldNotRepeatFixedTimesWhenTheClockIsPutBack() {
        started(world.job("fixed", "30 0 * * *", world.lasting(SECOND, 0)),
                world.job("wild", "*/10 * * * *", world.lasting(SECOND, 0)));
        world.run(Duration.ofMinutes(35));
        world.step(Duration.ofMinutes(-30));
        world.run(Duration.ofMinutes(30));
        assertThat(world.of(CronEvent.EntryFired.class).filter(e -> e.job().key().equals("fixed"))).hasSize(1);
        assertThat(numbers(world.of(CronEvent.EntryFired.class).filter(e -> e.job().key().equals("wild"))
                .map(e -> e.fireTime().toString()).toList()))
                .containsExactly("00:10:00", "00:20:00", "00:30:00", "00:10:00", "00:20:00", "00:30:00");
    }

    @Test
    void shouldStartFromTheNewTimeWhenTheClockIsPutBackFar() {
        started(world.job("fixed", "30 0 * * *", world.lasting(SECOND, 0)));
        world.run(HOUR);
        world.step(Duration.ofDays(-30));
        world.run(Duration.ofHours(24));
        assertThat(world.fireTimes()).containsExactly("2026-06-01T00:30:00Z", "2026-05-03T00:30:00Z");
    }

    @Test
    void shouldMakeUpForATimeMissedWhileNothingRan() {
        History history = new History() {

            @Override
            public Optional<Instant> lastFireTime(Job job) {
                return Optional.of(Instant.parse("2026-05-30T12:00:00Z"));
            }

            @Override
            public long runs(Job job) {
                return 41;
            }

            @Override
            public void fired(Job job, Instant fireTime) {
                // Not of interest.
            }

            @Override
            public void ended(Run run, RunOutcome outcome) {
                // Not of interest.
            }
        };
        Scheduler scheduler = world.scheduler(history);
        scheduler.replaceJobs(List.of(
                world.job("no", "0 12 * * *", world.lasting(SECOND, 0)),
                world.job("old", "0 12 * * *", world.lasting(SECOND, 0), DEFAULT.withCatchUp(Optional.of(HOUR))),
                world.job("yes", "0 12 * * *", world.lasting(SECOND, 0),
                        DEFAULT.withCatchUp(Optional.of(Duration.ofDays(1))))));
        scheduler.start();
        assertThat(world.of(CronEvent.RunStarted.class).map(e -> e.job().key() + e.run().number() + e.run().fireTime()))
                .containsExactly("yes422026-05-31T12:00:00Z");
        assertThat(world.of(CronEvent.EntryMisfired.class).map(e -> e.job().key() + e.missed() + e.madeUp()))
                .containsExactly("old1false", "yes1true");
    }

    @Test
    void shouldKeepRunsAndTimesOfUnchangedJobsAtAReload() {
        Work work = world.lasting(Duration.ofSeconds(45), 0);
        Job every = world.job("every", "@every 40s", work);
        Scheduler scheduler = started(every, world.job("gone", "0 * * * * * *", work));
        world.run(Duration.ofSeconds(70));
        scheduler.replaceJobs(List.of(every, world.job("new", "* * * * * * *", world.lasting(Duration.ZERO, 0))));
        assertThat(scheduler.idle()).isFalse();
        world.run(Duration.ofSeconds(20));
        assertThat(world.of(CronEvent.RunEnded.class).filter(e -> e.job().key().equals("gone"))).isEmpty();
        world.run(Duration.ofSeconds(20));
        assertThat(world.of(CronEvent.RunEnded.class).filter(e -> e.job().key().equals("gone"))).hasSize(1);
        assertThat(world.of(CronEvent.EntryFired.class).filter(e -> e.job() == every)
                .map(e -> e.fireTime().toString().substring(14, 19))).containsExactly("00:40", "01:20");
    }

    @Test
    void shouldRefuseTwoJobsOfOneKey() {
        Job job = world.job("a", "@daily", world.lasting(SECOND, 0));
        assertThatThrownBy(() -> world.scheduler().replaceJobs(List.of(job, job)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a");
    }

    @Test
    void shouldBeginNothingAfterTheStop() {
        EntrySettings settings = DEFAULT.withRetry(new Retry(5, SECOND)).withOverlap(Overlap.QUEUE)
                .withSplay(Duration.ofMillis(500));
        Work work = world.lasting(Duration.ofSeconds(3), 1);
        Scheduler scheduler = started(world.job("a", "* * * * * * *", work, settings));
        boolean[] idle = new boolean[1];
        scheduler.whenIdle(() -> idle[0] = true);
        world.run(Duration.ofSeconds(4));
        long runs = world.starts().size();
        scheduler.stop();
        world.run(MINUTE);
        assertThat(world.starts()).hasSize((int) runs);
        assertThat(scheduler.idle()).isTrue();
        assertThat(idle[0]).isTrue();
    }

    @Test
    void shouldServeWhatPassedWhileTheProcessBegan() {
        Scheduler scheduler = world.scheduler();
        scheduler.serveSince(Instant.parse("2026-05-31T23:59:59.900Z"));
        scheduler.replaceJobs(List.of(world.job("a", "* * * * *", world.lasting(Duration.ZERO, 0))));
        scheduler.start();
        world.run(SECOND);
        assertThat(world.fireTimes()).containsExactly("2026-06-01T00:00:00Z");
        assertThat(world.of(CronEvent.EntryMisfired.class)).isEmpty();
    }

    @Test
    void shouldServeNothingOfBeforeItBeganWhenThatIsLongAgoOrInTheFuture() {
        for (String time : List.of("2026-05-31T23:59:00Z", "2026-06-01T00:00:30Z")) {
            Scheduler scheduler = world.scheduler();
            scheduler.serveSince(Instant.parse(time));
            scheduler.replaceJobs(List.of(world.job("a", "* * * * *", world.lasting(Duration.ZERO, 0))));
            scheduler.start();
            assertThat(scheduler.status().get(0).next()).contains(Instant.parse("2026-06-01T00:01:00Z"));
        }
    }
}
