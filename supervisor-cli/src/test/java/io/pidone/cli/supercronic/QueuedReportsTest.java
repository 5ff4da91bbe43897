package io.pidone.cli.supercronic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Reports never hold up whoever has an error. */
class QueuedReportsTest {

    private final CountDownLatch open = new CountDownLatch(1);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final ErrorReports slow = new ErrorReports() {

        @Override
        public void report(boolean fatal, String message, Map<String, Object> fields) {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            seen.add(message);
            if (message.equals("bad")) {
                throw new IllegalStateException("bad");
            }
        }

        @Override
        public void close() {
            seen.add("closed");
        }
    };

    @Test
    void shouldPassReportsOnInOrderAndThenClose() {
        QueuedReports reports = new QueuedReports(slow);
        open.countDown();
        List.of("a", "bad", "b").forEach(message -> reports.report(false, message, Map.of()));
        reports.close();
        assertThat(seen).containsExactly("a", "bad", "b", "closed");
    }

    @Test
    void shouldDropWhatIsTooMuchAndGiveUpInTheEnd() {
        QueuedReports reports = new QueuedReports(slow);
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            reports.report(false, "x" + i, Map.of());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        reports.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(seen).isEmpty();
        open.countDown();
    }
}
