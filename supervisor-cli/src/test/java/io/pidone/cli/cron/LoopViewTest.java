package io.pidone.cli.cron;

import io.pidone.cli.listen.Observed.UnresponsiveException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoopViewTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final LoopView view = new LoopView(nanos::get);
    private boolean stuck;

    @BeforeEach
    void show() {
        view.show(task -> {
            if (stuck) {
                loop.add(task);
            } else {
                task.run();
            }
        }, () -> {
            asked.incrementAndGet();
            return List.of();
        }, () -> true);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void shouldKnowNothingBeforeThereIsSomethingToSee() {
        LoopView early = new LoopView(nanos::get);
        assertThat(early.ready()).isFalse();
        assertThat(early.status(Duration.ZERO)).isEmpty();
    }

    @Test
    void shouldAskOnceInHalfASecond() {
        for (int i = 0; i < 1000; i++) {
            view.status(Duration.ofSeconds(1));
        }
        pass(Duration.ofMillis(499));
        view.status(Duration.ofSeconds(1));
        assertThat(asked).hasValue(1);
        pass(Duration.ofMillis(1));
        view.status(Duration.ofSeconds(1));
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldLeaveOneQuestionOnlyWithAThreadThatDoesNotAnswer() {
        stuck = true;
        assertThatThrownBy(() -> view.status(Duration.ofMillis(1))).isInstanceOf(UnresponsiveException.class);
        pass(Duration.ofSeconds(7));
        assertThatThrownBy(() -> view.status(Duration.ofSeconds(5))).isInstanceOf(UnresponsiveException.class)
                .hasMessageContaining("has not answered for 7 s");
        assertThat(loop).hasSize(1);
        loop.remove().run();
        stuck = false;
        assertThat(view.status(Duration.ZERO)).isEmpty();
    }

    @Test
    void shouldSayWhatFailed() {
        view.show(Runnable::run, () -> {
            throw new IllegalStateException("of purpose");
        }, () -> true);
        assertThatThrownBy(() -> view.status(Duration.ZERO)).hasMessageContaining("of purpose");
    }
}
