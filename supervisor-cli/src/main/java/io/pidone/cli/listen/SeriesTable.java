package io.pidone.cli.listen;

import io.pidone.cli.listen.Exposition.FamilySink;
import io.pidone.cli.listen.Figure.Kind;
import io.pidone.cli.listen.Figure.Metric;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Rows of figures: one for each entry of a crontab, a column for each figure, and a histogram of durations. A row is an
 * array, some 500 bytes; as objects of the client's own metrics it would be 7 KiB. Thread-safe.
 *
 * @param <F> the columns
 */
final class SeriesTable<F extends Enum<F> & Figure> {

    private static final String TOTAL = "_total";

    /** The figures of one entry. Thread-safe. */
    static final class Row<F extends Enum<F> & Figure> {

        private final Labels labels;
        private final double[] values;
        private final double[] bounds;
        private volatile BucketCounts durations;

        private Row(Labels labels, F[] figures, double[] bounds) {
            this.labels = labels;
            this.bounds = bounds;
            values = new double[figures.length];
            for (F figure : figures) {
                values[figure.ordinal()] = figure.initial();
            }
        }

        synchronized void add(F figure, double more) {
            double value = values[figure.ordinal()];
            values[figure.ordinal()] = Double.isNaN(value) ? more : value + more;
        }

        synchronized void set(F figure, double value) {
            values[figure.ordinal()] = value;
        }

        synchronized double get(F figure) {
            return values[figure.ordinal()];
        }

        synchronized void observe(double seconds) {
            if (durations == null) {
                durations = new BucketCounts(bounds);
            }
            durations.observe(seconds);
        }
    }

    private final F[] figures;
    private final Metric durations;
    private final double[] bounds;
    private final ConcurrentSkipListMap<String, Row<F>> rows = new ConcurrentSkipListMap<>();

    /**
     * Without rows.
     *
     * @param figures every constant
     * @param durations the histogram, with these bounds, the last one infinite
     */
    SeriesTable(F[] figures, Metric durations, double[] bounds) {
        this.figures = figures;
        this.durations = durations;
        this.bounds = bounds;
    }

    /** The row of this key, made if there is none. */
    Row<F> make(String key, Supplier<Labels> labels) {
        return rows.computeIfAbsent(key, k -> new Row<>(labels.get(), figures, bounds));
    }

    /** The row of this key; empty if there is none. */
    Optional<Row<F>> find(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** Forgets the rows of all other keys. */
    void retain(Set<String> keys) {
        rows.keySet().retainAll(keys);
    }

    /** Hands over a family for each metric. */
    void writeTo(FamilySink sink) throws IOException {
        Collection<Row<F>> all = List.copyOf(rows.values());
        for (int from = 0; from < figures.length;) {
            int to = from + 1;
            while (to < figures.length && figures[to].metric().equals(figures[from].metric())) {
                to++;
            }
            sink.accept(family(List.of(figures).subList(from, to), all));
            from = to;
        }
        List<HistogramDataPointSnapshot> points = new ArrayList<>();
        for (Row<F> row : all) {
            if (row.durations != null) {
                points.add(row.durations.point(row.labels));
            }
        }
        sink.accept(new HistogramSnapshot(new MetricMetadata(durations.name(), durations.help()), points));
    }

    private MetricSnapshot family(List<F> columns, Collection<Row<F>> all) {
        Metric metric = columns.get(0).metric();
        List<CounterDataPointSnapshot> counters = new ArrayList<>();
        List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
        // The client cannot have it otherwise; see Exposition.
        boolean counted = metric.kind() == Kind.COUNTER && metric.name().endsWith(TOTAL);
        for (Row<F> row : all) {
            for (F column : columns) {
                double value = row.get(column);
                if (Double.isNaN(value)) {
                    continue;
                }
                Labels labels = column.labels().isEmpty() ? row.labels : row.labels.merge(column.labels());
                if (counted) {
                    counters.add(new CounterDataPointSnapshot(value, labels, null, 0));
                } else {
                    gauges.add(new GaugeDataPointSnapshot(value, labels, null));
                }
            }
        }
        return counted ? counter(metric, counters)
                : new GaugeSnapshot(new MetricMetadata(metric.name(), metric.help()), gauges);
    }

    /** A counter whose name ends in {@code _total}, which the client adds. */
    static CounterSnapshot counter(Metric metric, List<CounterDataPointSnapshot> points) {
        String base = metric.name().substring(0, metric.name().length() - TOTAL.length());
        return new CounterSnapshot(new MetricMetadata(base, metric.help()), points);
    }
}
