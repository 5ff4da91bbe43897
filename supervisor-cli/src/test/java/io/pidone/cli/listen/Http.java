package io.pidone.cli.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One request on one connection, byte by byte: what no client library would send can be sent too. */
final class Http {

    private static final int PATIENCE_MS = 20_000;

    /** What came back. */
    record Reply(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    private Http() {
    }

    static Reply get(InetSocketAddress address, String path, String... headers) throws IOException {
        return ask(address, "GET", path, headers);
    }

    static Reply ask(InetSocketAddress address, String method, String path, String... headers) throws IOException {
        try (Socket socket = connect(address)) {
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
            boolean hosted = false;
            for (String header : headers) {
                head.append(header).append("\r\n");
                hosted |= header.startsWith("Host:");
            }
            head.append(hosted ? "\r\n" : "Host: localhost\r\n\r\n");
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static Reply reply(byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply(0, Map.of(), all);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
        }
        String body = text.substring(end + 4);
        boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers,
                (chunked ? unchunked(body) : body).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            if (end < 0) {
                throw new IllegalStateException("the body broke off");
            }
            int length = Integer.parseInt(body.substring(at, end), 16);
            if (length == 0) {
                return whole.toString();
            }
            whole.append(body, end + 2, end + 2 + length);
            at = end + 2 + length + 2;
        }
    }
}
