package io.pidone.cli.listen;

import io.pidone.cron.Channel;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.event.Event;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

class CronMetricsTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Job JOB = SampleCron.job(0, "backup", "0 3 * * *", "secret --password=1");
    private static final String ENTRY = "{entry=\"backup\"} ";

    private final SampleCron cron = new SampleCron();
    private final CronMetrics metrics = new CronMetrics("1", InstantSource.fixed(START.plusMillis(31)), cron);

    @BeforeEach
    void load() {
        metrics.accept(SampleCron.loaded(false, "PIDONE_NAME=backup", "0 3 * * * secret --password=1",
                "PIDONE_NAME=other", "0 4 * * * true"));
    }

    private List<String> lines() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Exposition.accepted("").write(metrics, bytes);
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void ends(Run run, ExitStatus status, boolean timedOut) {
        metrics.accept(new CronEvent.RunStarted(run, 7));
        metrics.accept(new CronEvent.RunEnded(run, new RunOutcome(status, new ResourceUsage(250_000, 500_000, 2048),
                Duration.ofSeconds(45), timedOut, Optional.empty())));
    }

    @Test
    void shouldCountRunsByTheirOutcome() throws IOException {
        ends(SampleCron.run(JOB, 1, START), ExitStatus.exited(0), false);
        ends(SampleCron.run(JOB, 2, START), ExitStatus.exited(0), false);
        ends(SampleCron.run(JOB, 3, START), ExitStatus.exited(3), false);
        ends(SampleCron.run(JOB, 4, START), ExitStatus.signaled(Signal.KILL), true);
        metrics.accept(new CronEvent.RunNotStarted(SampleCron.run(JOB, 5, START), "not found", 127));
        metrics.accept(new CronEvent.RunStarted(SampleCron.run(JOB, 6, START), 8));
        assertThat(lines()).contains("# TYPE pidone_cron_runs_total counter",
                "pidone_cron_runs_total{entry=\"backup\",outcome=\"success\"} 2.0",
                "pidone_cron_runs_total{entry=\"backup\",outcome=\"failure\"} 1.0",
                "pidone_cron_runs_total{entry=\"backup\",outcome=\"timeout\"} 1.0",
                "pidone_cron_runs_total{entry=\"backup\",outcome=\"not_started\"} 1.0",
                "pidone_cron_runs_total{entry=\"other\",outcome=\"success\"} 0.0",
                "pidone_cron_running" + ENTRY + "1.0",
                "pidone_cron_last_run_exit_code" + ENTRY + "127.0",
                "pidone_cron_last_success_timestamp_seconds" + ENTRY + "1.772359245E9",
                "pidone_cron_cpu_seconds_total" + ENTRY + "3.0",
                "pidone_cron_last_run_max_memory_bytes" + ENTRY + "2097152.0",
                "pidone_cron_last_run_duration_seconds" + ENTRY + "45.0",
                "pidone_cron_run_duration_seconds_bucket{entry=\"backup\",le=\"30.0\"} 0",
                "pidone_cron_run_duration_seconds_bucket{entry=\"backup\",le=\"60.0\"} 4",
                "pidone_cron_run_duration_seconds_bucket{entry=\"backup\",le=\"+Inf\"} 4",
                "pidone_cron_run_duration_seconds_sum" + ENTRY + "180.0");
    }

    @Test
    void shouldBeginEachSeriesOfAnEntryAtNothing() throws IOException {
        assertThat(lines()).contains("pidone_cron_running" + ENTRY + "0.0", "pidone_cron_skipped_total" + ENTRY + "0.0",
                "pidone_cron_entries 2.0");
        assertThat(lines()).noneMatch(line -> line.startsWith("pidone_cron_last_") && line.contains("entry="));
    }

    @Test
    void shouldNeverTellACommand() throws IOException {
        ends(SampleCron.run(JOB, 1, START), ExitStatus.exited(0), false);
        assertThat(lines()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void shouldCountWhatPassesWithoutARunAndWhatIsRepeated() throws IOException {
        Run running = SampleCron.run(JOB, 1, START);
        metrics.accept(new CronEvent.RunSkipped(JOB, START, running, 0));
        metrics.accept(new CronEvent.EntryMisfired(JOB, 4, START, START, false));
        metrics.accept(new CronEvent.RunStarted(new Run(JOB, 2, 2, START, START), 7));
        metrics.accept(new CronEvent.OrphansLeft(running, List.of("a (1)", "b (2)"), false));
        metrics.accept(new Event.OrphanReaped(1, ExitStatus.exited(0), false));
        metrics.accept(new Event.HandlerFailed(new IllegalStateException()));
        assertThat(lines()).contains("pidone_cron_skipped_total" + ENTRY + "1.0",
                "pidone_cron_misfires_total" + ENTRY + "4.0", "pidone_cron_retries_total" + ENTRY + "1.0",
                "pidone_cron_orphans_left_total" + ENTRY + "2.0", "pidone_orphans_reaped_total 1.0",
                "pidone_internal_errors_total 1.0");
    }

    @Test
    void shouldMeasureHowLateAFireTimeIsServedButNotWhatIsMadeUpFor() throws IOException {
        metrics.accept(new CronEvent.EntryFired(JOB, START));
        metrics.accept(new CronEvent.EntryFired(JOB, START), START.plusMillis(375));
        metrics.accept(new CronEvent.EntryMisfired(JOB, 1, START, START, true));
        metrics.accept(new CronEvent.EntryFired(JOB, START), START.plusSeconds(7200));
        Job atStart = SampleCron.job(1, "other", "@reboot", "true");
        metrics.accept(new CronEvent.EntryFired(atStart, START.minusSeconds(10)));
        assertThat(lines()).contains("pidone_cron_fire_lateness_seconds_bucket{le=\"0.025\"} 0",
                "pidone_cron_fire_lateness_seconds_bucket{le=\"0.05\"} 1",
                "pidone_cron_fire_lateness_seconds_count 2", "pidone_cron_fire_lateness_seconds_sum 0.406");
    }

    @Test
    void shouldCountOutputByChannel() throws IOException {
        Run run = SampleCron.run(JOB, 1, START);
        metrics.line(run, Channel.STDOUT, new byte[100], 10, 40, false);
        metrics.line(run, Channel.STDOUT, new byte[100], 0, 5, true);
        metrics.line(run, Channel.STDERR, new byte[100], 0, 7, false);
        assertThat(lines()).contains("pidone_cron_output_bytes_total{channel=\"stdout\",entry=\"backup\"} 35.0",
                "pidone_cron_output_bytes_total{channel=\"stderr\",entry=\"backup\"} 7.0");
    }

    @Test
    void shouldDropTheSeriesOfEntriesThatAReloadTakesAway() throws IOException {
        Run run = SampleCron.run(JOB, 1, START);
        metrics.accept(new CronEvent.RunStarted(run, 7));
        metrics.accept(SampleCron.loaded(true, "PIDONE_NAME=other", "0 4 * * * true"));
        metrics.accept(SampleCron.ended(run, 0, Duration.ofSeconds(1)));
        metrics.line(run, Channel.STDOUT, new byte[1], 0, 1, false);
        assertThat(lines()).noneMatch(line -> line.contains("backup"))
                .contains("pidone_cron_running{entry=\"other\"} 0.0", "pidone_cron_entries 1.0",
                        "pidone_cron_reloads_total{outcome=\"success\"} 1.0",
                        "pidone_cron_reloads_total{outcome=\"failure\"} 0.0");
    }

    @Test
    void shouldNotCountARunBelowNothingWhoseEntryWentAndCameBack() throws IOException {
        Run run = SampleCron.run(JOB, 1, START);
        metrics.accept(new CronEvent.RunStarted(run, 7));
        metrics.accept(SampleCron.loaded(true, "PIDONE_NAME=other", "0 4 * * * true"));
        load();
        metrics.accept(SampleCron.ended(run, 0, Duration.ofSeconds(1)));
        assertThat(lines()).contains("pidone_cron_running" + ENTRY + "0.0");
    }

    @Test
    void shouldTellThatTheCrontabsWereRefused() throws IOException {
        assertThat(lines()).contains("pidone_cron_last_reload_successful 1.0");
        metrics.accept(SampleCron.loaded(true, "61 * * * * true"));
        assertThat(lines()).contains("pidone_cron_reloads_total{outcome=\"failure\"} 1.0",
                "pidone_cron_last_reload_successful 0.0");
        metrics.accept(SampleCron.loaded(true, "0 4 * * * true"));
        assertThat(lines()).contains("pidone_cron_last_reload_successful 1.0");
    }

    @Test
    void shouldCountEntriesOfOneNameTogether() throws IOException {
        cron.jobs(List.of(SampleCron.job(0, "backup", "0 3 * * *", "a"), SampleCron.job(1, "backup", "0 4 * * *", "b")),
                START);
        metrics.accept(new CronEvent.RunStarted(SampleCron.run(JOB, 1, START), 7));
        metrics.accept(new CronEvent.RunStarted(SampleCron.run(JOB, 2, START), 8));
        assertThat(lines()).contains("pidone_cron_running" + ENTRY + "2.0",
                "pidone_cron_next_fire_timestamp_seconds" + ENTRY + "1.7723592E9").doesNotHaveDuplicates();
    }
}
