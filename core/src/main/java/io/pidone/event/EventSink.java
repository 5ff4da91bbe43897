package io.pidone.event;

import java.time.Instant;

/** Told of events by the thread that owns the state; must not block and must not throw. */
public interface EventSink {

    /** Whether events of this severity are of interest: what is not wanted need not be made. */
    boolean wants(Event.Severity severity);

    /** One event, in the order in which they happened. */
    void accept(Event event);

    /** One event that had to wait: it happened at {@code moment}. */
    default void accept(Event event, Instant moment) {
        accept(event);
    }
}
