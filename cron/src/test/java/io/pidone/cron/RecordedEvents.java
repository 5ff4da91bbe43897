package io.pidone.cron;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Keeps events, from any thread, and waits for what they tell of. */
final class RecordedEvents implements EventSink {

    /** What a loaded machine may need; a test that passes never waits this long. */
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public boolean wants(Event.Severity severity) {
        return true;
    }

    @Override
    public void accept(Event event) {
        events.add(event);
    }

    List<String> degraded() {
        return events.stream().filter(Event.Degraded.class::isInstance).map(Event::message).toList();
    }

    List<String> restored() {
        return events.stream().filter(Restored.class::isInstance).map(Event::message).toList();
    }

    static void await(ThrowingRunnable assertion) {
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).atMost(DEADLINE)
                .untilAsserted(assertion);
    }
}
