package io.pidone.cli.listen;

import io.pidone.cli.listen.HttpEndpoint.Answer;
import io.pidone.event.EventSink;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code -prometheus-listen-address}: what supercronic answers there. */
public final class SupercronicListener implements AutoCloseable {

    private static final int OK = 200;
    private static final String INDEX = """
            <!doctype html>
            <html><head><title>Supercronic</title></head>
            <body><h1>Supercronic</h1><p><a href="/metrics">Metrics</a></p></body></html>
            """;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final SupercronicMetrics metrics = new SupercronicMetrics(registry);
    private final HttpEndpoint endpoint;

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had
     */
    public SupercronicListener(ListenAddress address) throws IOException {
        Answer index = Answer.ok("text/html; charset=utf-8", INDEX.getBytes(StandardCharsets.UTF_8));
        endpoint = new HttpEndpoint(address.resolve(), Map.of(
                "/metrics", (query, accept) -> metrics(),
                "/health", (query, accept) -> Answer.text(OK, "OK"),
                HttpEndpoint.ANY_PATH, (query, accept) -> index));
    }

    /** To be told of events. */
    public EventSink events() {
        return metrics;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return endpoint.address();
    }

    private Answer metrics() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(bytes, registry.scrape(), EscapingScheme.DEFAULT);
        String text = bytes.toString(StandardCharsets.UTF_8);
        for (String counter : SupercronicMetrics.COUNTERS) {
            text = text.replace("# TYPE " + counter + " gauge", "# TYPE " + counter + " counter");
        }
        return Answer.ok(writer.getContentType(), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
