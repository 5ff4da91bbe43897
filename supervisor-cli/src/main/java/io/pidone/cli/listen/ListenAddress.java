package io.pidone.cli.listen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where to listen: {@code [HOST:]PORT}, {@code HOST} with a default port, {@code [::1]:9746}.
 *
 * @param host a name or an address
 * @param port 0 to 65535; 0: any free one
 */
public record ListenAddress(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @param anyHost what an address without a host means
     * @param defaultPort what one without a port means; empty: it must have one
     * @return empty if it is none
     */
    public static Optional<ListenAddress> parse(String text, String anyHost, OptionalInt defaultPort) {
        int colon = text.lastIndexOf(':');
        boolean bracket = text.startsWith("[");
        int close = text.indexOf(']');
        boolean portless = bracket ? close == text.length() - 1 : colon < 0 && !isNumber(text);
        boolean bare = !bracket && colon >= 0 && text.indexOf(':') != colon;
        boolean unclosed = bracket && (close < 0 || !portless && close + 1 != colon);
        if (text.isEmpty() || unclosed || bare && defaultPort.isEmpty()) {
            return Optional.empty();
        }
        if (portless || bare) {
            return defaultPort.isEmpty() ? Optional.empty()
                    : Optional.of(new ListenAddress(unbracketed(text), defaultPort.getAsInt()));
        }
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (!isNumber(port) || Integer.parseInt(port) > HIGHEST_PORT) {
            return Optional.empty();
        }
        return Optional.of(new ListenAddress(host.isEmpty() ? anyHost : unbracketed(host), Integer.parseInt(port)));
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,5}");
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Looks the host up.
     *
     * @throws UnknownHostException if it has no address
     */
    InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
