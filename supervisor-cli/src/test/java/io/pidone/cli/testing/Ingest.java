package io.pidone.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** The endpoint of Sentry that takes events, on a loopback address. */
public final class Ingest implements AutoCloseable {

    private static final int OK = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> envelopes = new CopyOnWriteArrayList<>();

    private Ingest(HttpServer server) {
        this.server = server;
    }

    /** Begins to listen. */
    public static Ingest open() throws IOException {
        Ingest ingest = new Ingest(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        ingest.server.createContext("/api/42/envelope/", ingest::take);
        ingest.server.setExecutor(ingest.threads);
        ingest.server.start();
        return ingest;
    }

    /** What points a client here. */
    public String dsn() {
        return "http://public@127.0.0.1:" + server.getAddress().getPort() + "/42";
    }

    /** What came, unpacked. */
    public List<String> envelopes() {
        return envelopes;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange; InputStream body = exchange.getRequestBody()) {
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream plain = packed ? new GZIPInputStream(body) : body;
            String auth = exchange.getRequestHeaders().getFirst("X-Sentry-Auth");
            envelopes.add(auth + "\n" + new String(plain.readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(OK, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
