package io.pidone.cli.listen;

import io.pidone.cron.DaemonEvent;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Figures of a cron, kept by the official Prometheus client. Labels are names of entries, never commands. */
public final class CronMetrics implements EventSink {

    private static final String ENTRY = "entry";
    private static final double[] DURATIONS = {.1, .5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800};
    private static final double[] LATENESS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 10, 60};

    private final Counter runs;
    private final Gauge running;
    private final Counter skipped;
    private final Counter misfires;
    private final Counter retries;
    private final Histogram duration;
    private final Counter cpu;
    private final Gauge lastSuccess;
    private final Gauge lastExitCode;
    private final Histogram lateness;
    private final Counter orphansLeft;
    private final Counter orphansReaped;
    private final Counter reloads;
    private final List<StatefulMetric<?, ?>> byEntry;

    /**
     * Registers all of them.
     *
     * @param status asked at each scrape for the coming fire times
     */
    CronMetrics(PrometheusRegistry registry, String version, Supplier<List<JobStatus>> status) {
        runs = counter("pidone_cron_runs_total", "Runs that have ended, or could not begin.", ENTRY, "outcome")
                .register(registry);
        running = gauge("pidone_cron_running", "Runs that go on.", ENTRY).register(registry);
        skipped = counter("pidone_cron_skipped_total", "Fire times left out, since a run went on.", ENTRY)
                .register(registry);
        misfires = counter("pidone_cron_misfires_total", "Fire times that passed without a run.", ENTRY)
                .register(registry);
        retries = counter("pidone_cron_retries_total", "Runs that repeat a failed one.", ENTRY).register(registry);
        duration = Histogram.builder().name("pidone_cron_run_duration_seconds").help("Duration of runs.")
                .labelNames(ENTRY).classicOnly().classicUpperBounds(DURATIONS).register(registry);
        cpu = counter("pidone_cron_cpu_seconds_total", "CPU time of runs.", ENTRY).register(registry);
        lastSuccess = gauge("pidone_cron_last_success_timestamp_seconds", "When a run last succeeded.", ENTRY)
                .register(registry);
        lastExitCode = gauge("pidone_cron_last_run_exit_code", "Exit code of the last run, 128+n for signal n.", ENTRY)
                .register(registry);
        lateness = Histogram.builder().name("pidone_cron_fire_lateness_seconds")
                .help("From the fire time to the start of its run; splay, retries and queues left out.")
                .classicOnly().classicUpperBounds(LATENESS).register(registry);
        orphansLeft = counter("pidone_cron_orphans_left_total", "Processes that runs left behind.", ENTRY)
                .register(registry);
        orphansReaped = Counter.builder().name("pidone_orphans_reaped_total")
                .help("Processes of others that were reaped.").register(registry);
        reloads = counter("pidone_cron_reloads_total", "Crontabs read, at the start too.", "outcome")
                .register(registry);
        GaugeWithCallback.builder().name("pidone_cron_next_fire_timestamp_seconds").help("The next fire time.")
                .labelNames(ENTRY).callback(point -> status.get().forEach(job -> job.next()
                        .ifPresent(next -> point.call(next.getEpochSecond(), job.job().name())))).register(registry);
        Info.builder().name("pidone_build_info").help("The version of pidone.").labelNames("version")
                .register(registry).setLabelValues(version);
        byEntry = List.of(running, skipped, misfires, retries, duration, cpu, lastSuccess, lastExitCode, orphansLeft);
    }

    private static Counter.Builder counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels);
    }

    private static Gauge.Builder gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels);
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity != Event.Severity.TRACE;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CronEvent.RunStarted started) {
            started(started.run());
        } else if (event instanceof CronEvent.RunEnded ended) {
            ended(ended.run(), ended.outcome());
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            runs.labelValues(failed.job().name(), "not_started").inc();
            lastExitCode.labelValues(failed.job().name()).set(failed.exitCode());
        } else if (event instanceof CronEvent.RunSkipped skip) {
            skipped.labelValues(skip.job().name()).inc();
        } else if (event instanceof CronEvent.EntryMisfired misfire) {
            misfires.labelValues(misfire.job().name()).inc(misfire.missed());
        } else if (event instanceof CronEvent.OrphansLeft left) {
            orphansLeft.labelValues(left.job().name()).inc(left.processes().size());
        } else if (event instanceof Event.OrphanReaped) {
            orphansReaped.inc();
        } else if (event instanceof DaemonEvent.CrontabRefused) {
            reloads.labelValues("refused").inc();
        } else if (event instanceof DaemonEvent.CrontabLoaded loaded) {
            loaded(loaded);
        }
    }

    private void started(Run run) {
        String name = run.job().name();
        running.labelValues(name).inc();
        if (run.attempt() > 1) {
            retries.labelValues(name).inc();
        } else if (run.job().settings().splay().isZero()) {
            lateness.observe(Duration.between(run.fireTime(), run.startedAt()).toNanos() / 1e9);
        }
    }

    private void ended(Run run, RunOutcome outcome) {
        String name = run.job().name();
        running.labelValues(name).dec();
        runs.labelValues(name, outcome.timedOut() ? "timeout" : outcome.success() ? "success" : "failure").inc();
        duration.labelValues(name).observe(outcome.duration().toNanos() / 1e9);
        cpu.labelValues(name).inc((outcome.usage().userMicros() + outcome.usage().systemMicros()) / 1e6);
        lastExitCode.labelValues(name).set(outcome.status().shellCode());
        if (outcome.success()) {
            lastSuccess.labelValues(name).set(run.startedAt().plus(outcome.duration()).toEpochMilli() / 1e3);
        }
    }

    private void loaded(DaemonEvent.CrontabLoaded loaded) {
        reloads.labelValues("loaded").inc();
        Set<String> names = loaded.crontab().entries().stream().map(Entry::label).collect(Collectors.toSet());
        byEntry.forEach(metric -> metric.removeIf(labels -> !names.contains(labels.get(0))));
        runs.removeIf(labels -> !names.contains(labels.get(0)));
        names.forEach(name -> running.initLabelValues(name));
    }
}
