package io.pidone.cli.listen;

import io.pidone.cron.Channel;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

class RecentRunsTest {

    private final RecentRuns recent = new RecentRuns();

    private static Run run(String name, long number) {
        return SampleCron.run(SampleCron.job(0, name, "* * * * *", "true"), number, Instant.EPOCH);
    }

    private void line(Run run, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        recent.line(run, Channel.STDOUT, bytes, 0, bytes.length, false);
    }

    @Test
    void shouldKeepTheLastTwentyRuns() {
        for (int number = 1; number <= 53; number++) {
            recent.accept(SampleCron.ended(run("a", number), number % 2, Duration.ofSeconds(number)));
        }
        assertThat(recent.runs("a")).hasSize(20).extracting(RecentRuns.Ended::number).startsWith(34L, 35L)
                .endsWith(52L, 53L).isSorted();
        assertThat(recent.last("a")).contains(Outcome.FAILURE);
        assertThat(recent.runs("b")).isEmpty();
    }

    @Test
    void shouldKeepTheLastTwentyLinesAndCutLongOnes() {
        for (int i = 1; i <= 45; i++) {
            line(run("a", i), "line " + i);
        }
        line(run("a", 46), "\u00e9".repeat(1000));
        assertThat(recent.lines("a")).hasSize(20).first().isEqualTo(new RecentRuns.Line(27, Channel.STDOUT, "line 27"));
        assertThat(recent.lines("a").get(19).text()).isEqualTo("\u00e9".repeat(150) + " ...");
    }

    @Test
    void shouldCutBetweenCharacters() {
        line(run("a", 1), "x" + "\u20ac".repeat(1000));
        assertThat(recent.lines("a").get(0).text()).isEqualTo("x" + "\u20ac".repeat(99) + " ...");
    }

    @Test
    void shouldRememberTheThousandThatWroteLast() {
        for (int i = 0; i < 1500; i++) {
            line(run("job-" + i, 1), "hello");
        }
        assertThat(recent.lines("job-499")).isEmpty();
        assertThat(recent.lines("job-500")).hasSize(1);
        assertThat(recent.lines("job-1499")).hasSize(1);
    }

    @Test
    void shouldRememberTheRunsOfAsManyAsThereAreEntries() {
        recent.accept(SampleCron.loaded(false, "* * * * * true\n".repeat(3000)));
        for (int i = 0; i < 4000; i++) {
            recent.accept(SampleCron.ended(run("job-" + i, 1), 0, Duration.ZERO));
        }
        assertThat(recent.runs("job-999")).isEmpty();
        assertThat(recent.runs("job-1000")).hasSize(1);
    }

    @Test
    void shouldCountWhatPassedWithoutARun() {
        Job job = run("a", 1).job();
        recent.accept(new CronEvent.RunSkipped(job, Instant.EPOCH, run("a", 1), 0));
        recent.accept(new CronEvent.EntryMisfired(job, 3, Instant.EPOCH, Instant.EPOCH, false));
        recent.accept(new CronEvent.EntryMisfired(job, 4, Instant.EPOCH, Instant.EPOCH, false));
        assertThat(recent.passed("a")).isEqualTo(new RecentRuns.Passed(1, 7));
    }
}
