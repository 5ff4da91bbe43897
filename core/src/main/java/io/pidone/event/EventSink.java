package io.pidone.event;

/** Told of events by the thread that owns the state; must not block and must not throw. */
public interface EventSink {

    /** Whether events of this severity are of interest: what is not wanted need not be made. */
    boolean wants(Event.Severity severity);

    /** One event, in the order in which they happened. */
    void accept(Event event);
}
