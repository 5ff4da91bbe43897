package io.pidone.cli.listen;

import io.pidone.event.Event;
import java.net.InetSocketAddress;
import java.util.Map;

/** Requests are answered at this address. */
public record ListenBegun(InetSocketAddress address) implements Event {

    private String text() {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String name() {
        return "listen_begun";
    }

    @Override
    public String message() {
        return "listening on http://" + text() + "/";
    }

    @Override
    public Map<String, Object> fields() {
        return Event.ordered("address", text());
    }
}
