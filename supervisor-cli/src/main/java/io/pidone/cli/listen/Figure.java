package io.pidone.cli.listen;

import io.prometheus.metrics.model.snapshots.Labels;

/** A metric, or one of its series, that each row of a {@link SeriesTable} has; the constants of an enum. */
interface Figure {

    /** What a metric is. */
    enum Kind { COUNTER, GAUGE }

    /**
     * What those who read a metric are told.
     *
     * @param name in full, {@code _total} included
     */
    record Metric(Kind kind, String name, String help) {
    }

    /** Figures of the same metric stand one after another. */
    Metric metric();

    /** What tells the series of one row apart, besides the row's labels. */
    Labels labels();

    /** Before there is a value; {@code NaN}: no series until then. */
    double initial();

    /** As an enum has it. */
    int ordinal();
}
