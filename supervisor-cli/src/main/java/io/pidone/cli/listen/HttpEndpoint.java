package io.pidone.cli.listen;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pidone.cli.listen.Answer.Streamed;
import io.pidone.cli.listen.Answer.Whole;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * An HTTP server of few paths: GET and HEAD, few connections. A client that is slow is cut off, so that nobody outside
 * can take what the cron needs: descriptors, memory, time.
 *
 * <p>The JDK's server has a thread read each request, so one for each connection may be needed: with fewer, clients
 * that send half a request would keep others waiting until their own time is up. Threads are made when they are needed
 * and end soon; one or two is what there is.
 *
 * <p>On a loopback address it answers only requests for {@code localhost} or an address: the page of another site
 * cannot have a browser fetch it under that site's name.
 */
final class HttpEndpoint implements AutoCloseable {

    /** The key of a handler for every path that has none of its own. */
    static final String ANY_PATH = "*";

    private static final int MOST_CONNECTIONS = 128;
    private static final long STACK_BYTES = 256 << 10;
    private static final int BACKLOG = 64;
    private static final int NOT_MODIFIED = 304;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int NO_BODY = -1;
    private static final int WORTH_COMPRESSING = 1024;
    private static final int BUFFER_BYTES = 8192;

    /** Read once, by the first server of a process; times in seconds. See the package com.sun.net.httpserver. */
    private static final Map<String, String> LIMITS = Map.of(
            // From the first byte of a request to its last: a header comes in one packet.
            "sun.net.httpserver.maxReqTime", "3",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));

    /**
     * What is asked for.
     *
     * @param query what stands behind the question mark, by name, decoded
     * @param accept the header of that name, perhaps empty
     */
    record Request(Map<String, String> query, String accept) {
    }

    /** Answers the requests for one path. */
    @FunctionalInterface
    interface Handler {

        Answer answer(Request request) throws IOException;
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
        LIMITS.forEach(System::setProperty);
        this.handlers = Map.copyOf(handlers);
        loopback = address.getAddress().isLoopbackAddress();
        server = HttpServer.create(address, BACKLOG);
        server.setExecutor(new ThreadPoolExecutor(0, MOST_CONNECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(null, task, "http", STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                }));
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens; the port that was found, if any free one was asked for. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    /** What this throws makes the server cut the connection: a body that broke off never looks like a whole one. */
    private void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        try {
            answer = answer(exchange);
        } catch (IOException | RuntimeException e) {
            answer = Answer.text(FAILED, "internal error: " + e + "\n");
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", answer.tag().isEmpty() ? "no-store" : "no-cache");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("Vary", "Accept, Accept-Encoding");
        if (!answer.tag().isEmpty()) {
            headers.set("ETag", answer.tag());
        }
        send(exchange, answer);
        exchange.close();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body() instanceof Whole whole ? whole.bytes() : null;
        if (!answer.tag().isEmpty() && header(exchange, "If-None-Match").contains(answer.tag())) {
            exchange.sendResponseHeaders(NOT_MODIFIED, NO_BODY);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            if (bytes != null) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            }
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
        } else if (header(exchange, "Accept-Encoding").contains("gzip")
                && (bytes == null || bytes.length >= WORTH_COMPRESSING)) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(answer.status(), 0);
            write(answer, new GZIPOutputStream(exchange.getResponseBody(), BUFFER_BYTES) {
                {
                    def.setLevel(Deflater.BEST_SPEED);
                }
            });
        } else {
            exchange.sendResponseHeaders(answer.status(), bytes == null ? 0 : bytes.length == 0 ? NO_BODY
                    : bytes.length);
            write(answer, exchange.getResponseBody());
        }
    }

    private static void write(Answer answer, OutputStream body) throws IOException {
        if (answer.body() instanceof Whole whole) {
            body.write(whole.bytes());
        } else if (answer.body() instanceof Streamed streamed) {
            streamed.source().writeTo(body);
        }
        body.close();
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        }
        if (loopback && !named(header(exchange, "Host"))) {
            return Answer.text(FORBIDDEN, "ask for localhost or an address\n");
        }
        Handler handler = handlers.getOrDefault(exchange.getRequestURI().getPath(), handlers.get(ANY_PATH));
        if (handler == null) {
            return Answer.text(NOT_FOUND, "not here; there are " + String.join(" ", new TreeSet<>(handlers.keySet()))
                    + "\n");
        }
        return handler.answer(new Request(query(exchange.getRequestURI().getRawQuery()), header(exchange, "Accept")));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static boolean named(String host) {
        return host.isEmpty() || host.matches("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
