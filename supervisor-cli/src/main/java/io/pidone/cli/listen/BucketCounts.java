package io.pidone.cli.listen;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** How many values were at most each of some bounds. Thread-safe. */
final class BucketCounts {

    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /**
     * Nothing yet.
     *
     * @param bounds ascending, the last one infinite; shared, not copied
     */
    BucketCounts(double[] bounds) {
        this.bounds = bounds;
        counts = new long[bounds.length];
    }

    synchronized void observe(double value) {
        int i = 0;
        while (value > bounds[i]) {
            i++;
        }
        counts[i]++;
        sum += value;
    }

    synchronized HistogramDataPointSnapshot point(Labels labels) {
        return new HistogramDataPointSnapshot(ClassicHistogramBuckets.of(bounds, counts), sum, labels,
                Exemplars.EMPTY, 0);
    }
}
