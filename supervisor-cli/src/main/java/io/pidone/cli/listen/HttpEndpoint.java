package io.pidone.cli.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server of few paths: GET and HEAD, two threads, few requests at a time; a client that is slow is left to its
 * timeout, so that nobody outside can take what the cron needs.
 *
 * <p>On a loopback address it answers only requests for {@code localhost} or an address: the page of another site
 * cannot have a browser fetch it under that site's name.
 */
final class HttpEndpoint implements AutoCloseable {

    /** The key of a handler for every path that has none of its own. */
    static final String ANY_PATH = "*";

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 32;
    private static final int BACKLOG = 16;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;

    /** What is said to a request. */
    record Answer(int status, String type, byte[] body) {

        static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer ok(String type, byte[] body) {
            return new Answer(OK, type, body);
        }
    }

    /** Answers the requests for one path. */
    @FunctionalInterface
    interface Handler {

        /**
         * Answers.
         *
         * @param query what stands behind the question mark, by name, decoded
         * @param accept the header of that name, perhaps empty
         */
        Answer answer(Map<String, String> query, String accept) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Handler> handlers;
    private final boolean loopback;

    /**
     * Begins to listen.
     *
     * @param handlers by path
     * @throws IOException if the address cannot be had
     */
    HttpEndpoint(InetSocketAddress address, Map<String, Handler> handlers) throws IOException {
        // Read once, by the first server: idle and slow connections are closed.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        this.handlers = Map.copyOf(handlers);
        loopback = address.getAddress().isLoopbackAddress();
        server = HttpServer.create(address, BACKLOG);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "http");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens; the port that was found, if any free one was asked for. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException | IOException e) {
                answer = Answer.text(FAILED, "internal error: " + e + "\n");
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'");
            boolean empty = head || answer.body().length == 0;
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
            if (!empty) {
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(answer.body());
                }
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.text(METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        }
        if (loopback && !named(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.text(FORBIDDEN, "ask for localhost or an address\n");
        }
        Handler handler = handlers.getOrDefault(exchange.getRequestURI().getPath(), handlers.get(ANY_PATH));
        if (handler == null) {
            return Answer.text(NOT_FOUND, "not here; there are " + String.join(" ", handlers.keySet()) + "\n");
        }
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return handler.answer(query(exchange.getRequestURI().getRawQuery()), accept == null ? "" : accept);
    }

    private static boolean named(String host) {
        return host == null || host.matches("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
