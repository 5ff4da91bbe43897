package io.pidone.cli.listen;

import io.pidone.cli.listen.Exposition.Families;
import io.pidone.cli.listen.HttpEndpoint.Handler;
import io.pidone.cli.listen.HttpEndpoint.Request;
import io.pidone.cron.OutputSink;
import io.pidone.event.EventSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code --listen}: metrics, health and the page of a cron, over HTTP. */
public final class CronListener implements AutoCloseable {

    private static final Path PROC = Path.of("/proc");

    private final RecentRuns recent = new RecentRuns();
    private final Observed observed;
    private final CronMetrics metrics;
    private final StatusJson status;
    private final HttpEndpoint endpoint;

    /**
     * Begins to listen.
     *
     * @throws IOException if the address cannot be had
     */
    public CronListener(ListenAddress address, Observed observed, String version) throws IOException {
        this.observed = observed;
        metrics = new CronMetrics(version, InstantSource.system(), observed);
        status = new StatusJson(observed, recent, InstantSource.system());
        ProcessMetrics process = new ProcessMetrics(PROC);
        Map<String, Handler> handlers = new HashMap<>();
        handlers.put("/metrics", request -> metrics(request.accept(), sink -> {
            metrics.writeTo(sink);
            process.writeTo(sink);
        }));
        handlers.put("/healthz", request -> healthy());
        handlers.put("/readyz", request -> ready());
        handlers.put("/status.json", this::status);
        handlers.put("/", resource("page.html", "text/html; charset=utf-8"));
        handlers.put("/page.js", resource("page.js", "text/javascript; charset=utf-8"));
        handlers.put("/page.css", resource("page.css", "text/css; charset=utf-8"));
        endpoint = new HttpEndpoint(address.resolve(), handlers);
    }

    /**
     * A sink that counts each event, which takes no time, and hands it on.
     *
     * @param next a log, perhaps: where nobody reads that, the metrics go on nevertheless
     */
    public EventSink events(EventSink next) {
        return new Watched(List.of(metrics, recent), next);
    }

    /** To be told of output, by one thread; they take no time. */
    public List<OutputSink> outputs() {
        return List.of(metrics, recent);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return endpoint.address();
    }

    static Answer metrics(String accept, Families families) {
        Exposition exposition = Exposition.accepted(accept);
        return Answer.streamed(exposition.contentType(), out -> exposition.write(families, out));
    }

    private Answer healthy() {
        try {
            observed.status(Observed.LONG);
            return Answer.text(Answer.OK, "ok\n");
        } catch (Observed.UnresponsiveException e) {
            return Answer.text(Answer.UNAVAILABLE, e.getMessage() + "\n");
        }
    }

    private Answer ready() {
        return observed.ready() ? Answer.text(Answer.OK, "ready\n")
                : Answer.text(Answer.UNAVAILABLE, "not ready: no crontab is loaded yet, or it is stopping\n");
    }

    private Answer status(Request request) throws IOException {
        try {
            return status.answer(request.query());
        } catch (Observed.UnresponsiveException e) {
            return Answer.text(Answer.UNAVAILABLE, e.getMessage() + "\n");
        }
    }

    private static Handler resource(String name, String type) {
        return request -> {
            try (InputStream in = CronListener.class.getResourceAsStream(name)) {
                return Answer.tagged(type, in.readAllBytes());
            }
        };
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
