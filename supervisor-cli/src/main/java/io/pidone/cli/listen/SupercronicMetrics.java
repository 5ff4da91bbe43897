package io.pidone.cli.listen;

import io.pidone.cron.DaemonEvent;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Job;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/**
 * Figures of a cron under supercronic's names and labels. Its counters have no {@code _total} at their end, which the
 * Java client always adds to a counter: they are gauges here, and become counters in {@link SupercronicListener}.
 */
final class SupercronicMetrics implements EventSink {

    /** The metrics that are counters to whoever reads them. */
    static final List<String> COUNTERS = List.of("supercronic_executions", "supercronic_successful_executions",
            "supercronic_failed_executions", "supercronic_deadline_exceeded");

    private static final String[] LABELS = {"command", "position", "schedule"};
    private static final double[] DURATIONS = {10, 30, 60, 120, 300, 600, 1800, 3600};

    private final Gauge running;
    private final Gauge executions;
    private final Gauge successes;
    private final Gauge failures;
    private final Gauge overdue;
    private final Histogram duration;

    SupercronicMetrics(PrometheusRegistry registry) {
        running = gauge(registry, "supercronic_currently_running", "runs that go on");
        executions = gauge(registry, COUNTERS.get(0), "runs that have ended");
        successes = gauge(registry, COUNTERS.get(1), "runs that succeeded");
        failures = gauge(registry, COUNTERS.get(2), "runs that failed");
        overdue = gauge(registry, COUNTERS.get(3), "fire times that came while a run went on");
        duration = Histogram.builder().name("supercronic_cron_execution_time_seconds").help("duration of runs")
                .labelNames(LABELS).classicOnly().classicUpperBounds(DURATIONS).register(registry);
    }

    private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
        return Gauge.builder().name(name).help(help).labelNames(LABELS).register(registry);
    }

    private static String[] labels(Job job) {
        return new String[] {job.work().description(), Integer.toString(job.position()), job.schedule().text()};
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity.compareTo(Event.Severity.INFO) <= 0;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CronEvent.RunStarted started) {
            running.labelValues(labels(started.job())).inc();
        } else if (event instanceof CronEvent.RunEnded ended) {
            running.labelValues(labels(ended.job())).dec();
            executions.labelValues(labels(ended.job())).inc();
            (ended.outcome().success() ? successes : failures).labelValues(labels(ended.job())).inc();
            duration.labelValues(labels(ended.job())).observe(ended.outcome().duration().toNanos() / 1e9);
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            executions.labelValues(labels(failed.job())).inc();
            failures.labelValues(labels(failed.job())).inc();
            duration.labelValues(labels(failed.job())).observe(0);
        } else if (event instanceof CronEvent.RunOverdue late) {
            overdue.labelValues(labels(late.job())).inc();
        } else if (event instanceof DaemonEvent.CrontabLoaded loaded && loaded.again()) {
            // As supercronic: a crontab that was read again begins at nothing.
            List.<StatefulMetric<?, ?>>of(executions, successes, failures, overdue, duration)
                    .forEach(StatefulMetric::clear);
        }
    }
}
