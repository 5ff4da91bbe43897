package io.pidone.cli.listen;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The figures of an entry under supercronic's names and with its help texts, the misspelt one too. */
enum SupercronicFigure implements Figure {
    RUNNING(Kind.GAUGE, "supercronic_currently_running", "count of currently running cron executions"),
    EXECUTIONS(Kind.COUNTER, "supercronic_executions", "count of cron executions"),
    SUCCESSES(Kind.COUNTER, "supercronic_successful_executions", "count of successul cron executions"),
    FAILURES(Kind.COUNTER, "supercronic_failed_executions", "count of failed cron executions"),
    OVERDUE(Kind.COUNTER, "supercronic_deadline_exceeded", "count of exceeded deadline cron executions");

    private final Metric metric;

    SupercronicFigure(Kind kind, String name, String help) {
        metric = new Metric(kind, name, help);
    }

    /** The names of those that count. */
    static Set<String> counters() {
        return Arrays.stream(values()).map(Figure::metric).filter(metric -> metric.kind() == Kind.COUNTER)
                .map(Metric::name).collect(Collectors.toSet());
    }

    @Override
    public Metric metric() {
        return metric;
    }

    @Override
    public Labels labels() {
        return Labels.EMPTY;
    }

    @Override
    public double initial() {
        return Double.NaN;
    }
}
