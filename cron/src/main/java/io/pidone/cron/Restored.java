package io.pidone.cron;

import io.pidone.event.Event;
import java.util.Map;

/** What an {@link Event.Degraded} told of works again. */
public record Restored(String message) implements Event {

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String name() {
        return "restored";
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of();
    }
}
