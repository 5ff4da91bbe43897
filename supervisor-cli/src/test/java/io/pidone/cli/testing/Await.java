package io.pidone.cli.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waiting for the kernel: polls until a deadline. The only place in the tests where time passes by polling. */
public final class Await {

    /** What a loaded machine may need; a test that passes never waits this long. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(5);

    private Await() {
    }

    /** Waits until the condition is true. */
    public static void until(String what, Callable<Boolean> condition) {
        polling(what, DEADLINE).until(condition);
    }

    /** Waits until the assertion holds. */
    public static void untilAsserted(String what, ThrowingRunnable assertion) {
        polling(what, DEADLINE).untilAsserted(assertion);
    }

    /** Waits until the value is there, and answers it. */
    public static <T> T present(String what, Callable<Optional<T>> value) {
        AtomicReference<T> found = new AtomicReference<>();
        polling(what, DEADLINE).until(() -> {
            value.call().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** Requires that the condition stays true for the whole duration. */
    public static void during(String what, Duration duration, Callable<Boolean> condition) {
        polling(what, duration.plus(DEADLINE)).during(duration).until(condition);
    }

    private static ConditionFactory polling(String what, Duration deadline) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(POLL).atMost(deadline);
    }
}
