package io.pidone.reaper;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.SignalQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** The loop on a queue and a clock that the test turns by hand. */
class EventLoopTest {

    private final Deque<Integer> pending = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private long nanos;

    private final SignalQueue queue = new SignalQueue() {
        @Override
        public void open() {
        }

        @Override
        public int await(long timeoutNanos) {
            if (!pending.isEmpty()) {
                return pending.remove();
            }
            assertThat(timeoutNanos).as("nothing would ever end this wait").isNotNegative();
            nanos += timeoutNanos;
            return TIMEOUT;
        }

        @Override
        public void wake() {
        }

        @Override
        public void close() {
        }
    };

    private final EventLoop loop = new EventLoop(queue, () -> nanos, new EventSink() {
        @Override
        public boolean wants(Event.Severity severity) {
            return true;
        }

        @Override
        public void accept(Event event) {
            events.add(event);
        }
    });

    private void runUntil(Duration end) {
        loop.after(end, loop::stop);
        loop.run(number -> seen.add("signal " + number));
    }

    @Test
    void shouldRunTimersInOrderOfTimeAndThenOfMaking() {
        loop.after(Duration.ofSeconds(2), () -> seen.add("c"));
        loop.after(Duration.ofSeconds(1), () -> seen.add("a"));
        loop.after(Duration.ofSeconds(1), () -> seen.add("b"));
        runUntil(Duration.ofSeconds(3));
        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(nanos).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void shouldNotRunATimerWhenItWasCancelled() {
        EventLoop.Timer timer = loop.after(Duration.ofSeconds(1), () -> seen.add("never"));
        loop.after(Duration.ofMillis(500), timer::cancel);
        runUntil(Duration.ofSeconds(3));
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldTakeSignalsInTheirOrder() {
        pending.addAll(List.of(15, 1, 34));
        runUntil(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("signal 15", "signal 1", "signal 34");
    }

    @Test
    void shouldGoOnAndSayItWhenAHandlerFails() {
        loop.after(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("broken");
        });
        loop.after(Duration.ofSeconds(2), () -> seen.add("still here"));
        runUntil(Duration.ofSeconds(3));
        assertThat(seen).containsExactly("still here");
        assertThat(events).singleElement().isInstanceOf(Event.HandlerFailed.class);
    }

    @Test
    void shouldServeSignalsBetweenWhenATaskAddsItselfAgain() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (seen.isEmpty()) {
                loop.execute(again[0]);
            }
        };
        loop.execute(again[0]);
        pending.addAll(List.of(15));
        runUntil(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("signal 15");
    }
}
