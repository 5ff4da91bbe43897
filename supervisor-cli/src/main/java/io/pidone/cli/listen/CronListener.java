package io.pidone.cli.listen;

import io.pidone.cli.listen.HttpEndpoint.Answer;
import io.pidone.cron.OutputSink;
import io.pidone.event.EventSink;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code --listen}: metrics, health and the page of a cron, over HTTP. */
public final class CronListener implements AutoCloseable {

    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final RecentRuns recent = new RecentRuns();
    private final Observed observed;
    private final CronMetrics metrics;
    private final HttpEndpoint endpoint;

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had
     */
    public CronListener(ListenAddress address, Observed observed, String version) throws IOException {
        this.observed = observed;
        metrics = new CronMetrics(registry, version, observed::status);
        StatusJson status = new StatusJson(observed, recent, InstantSource.system());
        Map<String, HttpEndpoint.Handler> handlers = new HashMap<>();
        handlers.put("/metrics", (query, accept) -> metrics(accept));
        handlers.put("/healthz", (query, accept) -> healthy());
        handlers.put("/readyz", (query, accept) -> observed.ready() ? Answer.text(OK, "ready\n")
                : Answer.text(UNAVAILABLE, "not ready: no crontab holds, or it is stopping\n"));
        handlers.put("/status.json", (query, accept) -> Answer.ok("application/json", status.answer(query)));
        handlers.put("/", (query, accept) -> Answer.ok("text/html; charset=utf-8", resource("page.html")));
        handlers.put("/page.js", (query, accept) -> Answer.ok("text/javascript; charset=utf-8", resource("page.js")));
        handlers.put("/page.css", (query, accept) -> Answer.ok("text/css; charset=utf-8", resource("page.css")));
        endpoint = new HttpEndpoint(address.resolve(), handlers);
    }

    /** To be told of events. */
    public List<EventSink> events() {
        return List.of(metrics, recent);
    }

    /** To be told of output. */
    public OutputSink output() {
        return recent;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return endpoint.address();
    }

    private Answer metrics(String accept) throws IOException {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(bytes, registry.scrape(), EscapingScheme.DEFAULT);
        return Answer.ok(writer.getContentType(), bytes.toByteArray());
    }

    private Answer healthy() {
        try {
            observed.status();
            return Answer.text(OK, "ok\n");
        } catch (Observed.UnresponsiveException e) {
            return Answer.text(UNAVAILABLE, e.getMessage() + "\n");
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CronListener.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
