package io.pidone.cron.schedule;

import io.pidone.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Runs that go on are told of at each later fire time of their job. */
class OverdueRunsTest {

    private final Simulation world = new Simulation("2026-06-01T00:00:00.250Z");
    private final OverdueRuns overdue = new OverdueRuns(world.loop, world::now, world.sink());

    private Scheduler started(Job... jobs) {
        Scheduler scheduler = new Scheduler(world.loop, world.time(), overdue, History.NONE, new Random(1));
        scheduler.replaceJobs(List.of(jobs));
        scheduler.start();
        return scheduler;
    }

    private Stream<String> told() {
        return world.of(CronEvent.RunOverdue.class).map(e -> e.run().number() + " " + e.fireTime());
    }

    @Test
    void shouldTellOfEachFireTimeThatARunOutlasts() {
        started(world.job("a", "*/10 * * * * * *", world.lasting(Duration.ofSeconds(25), 0)));
        world.run(Duration.ofSeconds(38));
        assertThat(told()).containsExactly("1 2026-06-01T00:00:20Z", "1 2026-06-01T00:00:30Z");
        assertThat(world.of(CronEvent.RunSkipped.class)).hasSize(2);
    }

    @Test
    void shouldGoOnWhenTheSchedulerHasStopped() {
        Scheduler scheduler = started(world.job("a", "* * * * * * *", world.lasting(Duration.ofSeconds(2), 0)));
        world.run(Duration.ofSeconds(1));
        scheduler.stop();
        world.run(Duration.ofSeconds(5));
        assertThat(told()).containsExactly("1 2026-06-01T00:00:02Z", "1 2026-06-01T00:00:03Z");
        assertThat(world.of(CronEvent.RunEnded.class)).hasSize(1);
    }

    @Test
    void shouldTellOfEachRunWhenSeveralGoOn() {
        started(world.job("a", "* * * * * * *", world.lasting(Duration.ofMillis(1500), 0),
                EntrySettings.DEFAULT.withOverlap(Overlap.ALLOW)));
        world.run(Duration.ofMillis(3000));
        assertThat(told()).containsExactly("1 2026-06-01T00:00:02Z", "2 2026-06-01T00:00:03Z");
    }

    @Test
    void shouldTellOfAFireTimeThatIsFarAway() {
        started(world.job("a", "0 0 * * *", world.lasting(Duration.ofDays(3), 0)),
                world.job("b", "* * * * *", world.lasting(Duration.ZERO, 0)));
        world.run(Duration.ofDays(1));
        assertThat(told()).isEmpty();
        world.run(Duration.ofDays(1));
        assertThat(told()).containsExactly("1 2026-06-03T00:00:00Z");
    }

    @Test
    void shouldPassEveryEventOn() {
        overdue.accept(new Event.ClockJumped(Duration.ofSeconds(1)));
        assertThat(world.events).hasSize(1);
        assertThat(overdue.wants(Event.Severity.TRACE)).isTrue();
        assertThat(world.now()).isEqualTo(Instant.parse("2026-06-01T00:00:00.250Z"));
    }
}
