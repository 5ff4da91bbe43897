package io.pidone.cli.listen;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Metrics in Prometheus's text formats, by its client's writers: one family at a time, so that what was made for one is
 * garbage when the next is made. Of 10 000 entries all families at once take 14 MiB.
 */
final class Exposition {

    private static final byte[] END = {'#', ' ', 'E', 'O', 'F', '\n'};

    /** Takes families. */
    @FunctionalInterface
    interface FamilySink {

        void accept(MetricSnapshot family) throws IOException;
    }

    /** Metrics that are made when they are asked for. */
    @FunctionalInterface
    interface Families {

        /** Makes each family and hands it over; one without series is left out. */
        void writeTo(FamilySink sink) throws IOException;
    }

    /** Each call of a writer ends with a line of its own: held back here, since the last of them ends the whole. */
    private static final class WithoutEnd extends FilterOutputStream {

        private final byte[] held = new byte[END.length];
        private int count;

        private WithoutEnd(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int over = Math.max(0, count + length - held.length);
            int ofHeld = Math.min(count, over);
            out.write(held, 0, ofHeld);
            out.write(bytes, from, over - ofHeld);
            System.arraycopy(held, ofHeld, held, 0, count - ofHeld);
            count -= ofHeld;
            int rest = length - (over - ofHeld);
            System.arraycopy(bytes, from + length - rest, held, count, rest);
            count += rest;
        }

        @Override
        public void flush() {
            // At the end, by whoever owns the stream.
        }
    }

    private final ExpositionFormatWriter writer;
    private final Set<String> counters;

    private Exposition(ExpositionFormatWriter writer, Set<String> counters) {
        this.writer = writer;
        this.counters = counters;
    }

    /** The format that the header {@code Accept} asks for: OpenMetrics, or else Prometheus's own. */
    static Exposition accepted(String accept) {
        ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
        return openMetrics.accepts(accept) ? new Exposition(openMetrics, Set.of()) : text(Set.of());
    }

    /**
     * Prometheus's own text format.
     *
     * @param counters gauges that are counters to whoever reads them: the client adds {@code _total} to the name of
     *     each of its own counters
     */
    static Exposition text(Set<String> counters) {
        return new Exposition(PrometheusTextFormatWriter.create(), counters);
    }

    String contentType() {
        return writer.getContentType();
    }

    void write(Families families, OutputStream out) throws IOException {
        boolean ends = writer instanceof OpenMetricsTextFormatWriter;
        families.writeTo(family -> {
            if (counters.contains(family.getMetadata().getName())) {
                writeAsCounter(family, out);
            } else if (!family.getDataPoints().isEmpty()) {
                writer.write(ends ? new WithoutEnd(out) : out, MetricSnapshots.of(family), EscapingScheme.DEFAULT);
            }
        });
        if (ends) {
            out.write(END);
        }
    }

    private void writeAsCounter(MetricSnapshot family, OutputStream out) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        writer.write(made, MetricSnapshots.of(family), EscapingScheme.DEFAULT);
        String text = made.toString(StandardCharsets.UTF_8);
        String type = "# TYPE " + family.getMetadata().getName() + " ";
        out.write(text.replace(type + "gauge\n", type + "counter\n").getBytes(StandardCharsets.UTF_8));
    }
}
