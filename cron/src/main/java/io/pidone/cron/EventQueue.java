package io.pidone.cron;

import io.pidone.event.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * Events on their way to the output thread. When too many wait, further ones are dropped until half of them are told,
 * and counted where they are missing. Thread-safe; nobody waits in it.
 */
final class EventQueue {

    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final int most;
    private boolean full;

    /** An event and when it happened. */
    record Waiting(Event event, Instant moment) {
    }

    /** So many were dropped here; for the queue alone. */
    private record Gap(int events) implements Event {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "messages_dropped";
        }

        @Override
        public String message() {
            return (events == 1 ? "1 message was" : events + " messages were")
                    + " dropped, since nobody read the log fast enough";
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("dropped", events);
        }
    }

    EventQueue(int most) {
        this.most = most;
    }

    /** Whether it is the first that waits. */
    synchronized boolean add(Event event, Instant moment) {
        full = queue.size() >= (full ? most / 2 : most);
        if (full) {
            Waiting last = queue.peekLast();
            if (last.event() instanceof Gap gap) {
                queue.removeLast();
                queue.addLast(new Waiting(new Gap(gap.events() + 1), last.moment()));
            } else {
                queue.addLast(new Waiting(new Gap(1), moment));
            }
            return false;
        }
        queue.addLast(new Waiting(event, moment));
        return queue.size() == 1;
    }

    /** The next one. */
    synchronized Optional<Waiting> poll() {
        return Optional.ofNullable(queue.pollFirst());
    }
}
