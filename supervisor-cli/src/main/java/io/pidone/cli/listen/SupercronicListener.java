package io.pidone.cli.listen;

import io.pidone.event.EventSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code -prometheus-listen-address}: what supercronic answers there. */
public final class SupercronicListener implements AutoCloseable {

    private static final String INDEX = """
            <!doctype html>
            <html><head><title>Supercronic</title></head>
            <body><h1>Supercronic</h1><p><a href="/metrics">Metrics</a></p></body></html>
            """;

    private final SupercronicMetrics metrics = new SupercronicMetrics();
    private final ProcessMetrics process = new ProcessMetrics(Path.of("/proc"));
    private final HttpEndpoint endpoint;

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had
     */
    public SupercronicListener(ListenAddress address) throws IOException {
        Answer index = Answer.tagged("text/html; charset=utf-8", INDEX.getBytes(StandardCharsets.UTF_8));
        Exposition exposition = Exposition.text(SupercronicFigure.counters());
        endpoint = new HttpEndpoint(address.resolve(), Map.of(
                "/metrics", request -> Answer.streamed(exposition.contentType(), out -> exposition.write(sink -> {
                    metrics.writeTo(sink);
                    process.writeTo(sink);
                }, out)),
                "/health", request -> Answer.text(Answer.OK, "OK"),
                HttpEndpoint.ANY_PATH, request -> index));
    }

    /**
     * A sink that counts each event, which takes no time, and hands it on.
     *
     * @param next a log, perhaps: where nobody reads that, the metrics go on nevertheless
     */
    public EventSink events(EventSink next) {
        return new Watched(List.of(metrics), next);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return endpoint.address();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
