package io.pidone.cli.listen;

import io.prometheus.metrics.model.snapshots.Labels;

/** The figures of an entry of a crontab. */
enum CronFigure implements Figure {
    SUCCESSES(Of.RUNS, "outcome", Outcome.SUCCESS.word()),
    FAILURES(Of.RUNS, "outcome", Outcome.FAILURE.word()),
    TIMEOUTS(Of.RUNS, "outcome", Outcome.TIMEOUT.word()),
    NOT_STARTED(Of.RUNS, "outcome", Outcome.NOT_STARTED.word()),
    RUNNING(gauge("pidone_cron_running", "Runs that go on."), 0),
    SKIPPED(counter("pidone_cron_skipped_total", "Fire times that were left out, since a run went on."), 0),
    MISFIRES(counter("pidone_cron_misfires_total", "Fire times that were missed: the machine slept, the clock was "
            + "set, or nothing ran."), 0),
    RETRIES(counter("pidone_cron_retries_total", "Runs that repeat a failed one."), 0),
    CPU_SECONDS(counter("pidone_cron_cpu_seconds_total", "CPU time of runs that have ended, user and system."), 0),
    ORPHANS_LEFT(counter("pidone_cron_orphans_left_total", "Processes that runs left behind."), 0),
    STDOUT_BYTES(Of.OUTPUT, "channel", "stdout"),
    STDERR_BYTES(Of.OUTPUT, "channel", "stderr"),
    LAST_SUCCESS(gauge("pidone_cron_last_success_timestamp_seconds", "When the last run that succeeded ended."),
            Double.NaN),
    LAST_EXIT_CODE(gauge("pidone_cron_last_run_exit_code", "Exit code of the last run, 128+n for signal n."),
            Double.NaN),
    LAST_DURATION(gauge("pidone_cron_last_run_duration_seconds", "Duration of the last run."), Double.NaN),
    LAST_PEAK(gauge("pidone_cron_last_run_max_memory_bytes", "Peak resident memory of the last run whose peak is "
            + "known: it was above pidone's own."), Double.NaN);

    /** The metrics that several figures belong to. */
    private static final class Of {

        private static final Metric RUNS = counter("pidone_cron_runs_total", "Runs that have ended, or could not "
                + "begin.");
        private static final Metric OUTPUT = counter("pidone_cron_output_bytes_total", "What runs have written, "
                + "without the ends of lines.");
    }

    private final Metric metric;
    private final Labels labels;
    private final double initial;

    CronFigure(Metric metric, double initial) {
        this.metric = metric;
        this.initial = initial;
        labels = Labels.EMPTY;
    }

    CronFigure(Metric metric, String label, String value) {
        this.metric = metric;
        labels = Labels.of(label, value);
        initial = 0;
    }

    private static Metric counter(String name, String help) {
        return new Metric(Kind.COUNTER, name, help);
    }

    private static Metric gauge(String name, String help) {
        return new Metric(Kind.GAUGE, name, help);
    }

    static CronFigure of(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> SUCCESSES;
            case FAILURE -> FAILURES;
            case TIMEOUT -> TIMEOUTS;
            case NOT_STARTED -> NOT_STARTED;
        };
    }

    @Override
    public Metric metric() {
        return metric;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public double initial() {
        return initial;
    }
}
