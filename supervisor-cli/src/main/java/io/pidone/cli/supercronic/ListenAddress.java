package io.pidone.cli.supercronic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where metrics are to be had: {@code ip[:port]}, an IPv6 address with a port in brackets.
 *
 * @param host without brackets; empty: every interface
 * @param port 0: any that is free
 */
record ListenAddress(String host, int port) {

    static final int DEFAULT_PORT = 9746;

    private static final int MAX_PORT = 65535;
    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]*))(?::(\\d{1,5}))?");

    /** Empty if it is none. */
    static Optional<ListenAddress> parse(String text) {
        if (text.indexOf(':') != text.lastIndexOf(':') && text.matches("[0-9a-fA-F:.]+(%\\w+)?")) {
            return Optional.of(new ListenAddress(text, DEFAULT_PORT));
        }
        Matcher form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            return Optional.empty();
        }
        String host = form.group(1) != null ? form.group(1) : form.group(2);
        int port = form.group(3) == null ? DEFAULT_PORT : Integer.parseInt(form.group(3));
        return port > MAX_PORT ? Optional.empty() : Optional.of(new ListenAddress(host, port));
    }
}
