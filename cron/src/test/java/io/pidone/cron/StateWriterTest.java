package io.pidone.cron;

import io.pidone.cron.schedule.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static io.pidone.cron.StateWorld.NOW;
import static io.pidone.cron.StateWorld.outcome;
import static io.pidone.cron.StateWorld.run;
import static org.assertj.core.api.Assertions.assertThat;

/** Nobody waits for the disk, and much at once is little work. */
class StateWriterTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final RecordedEvents events = new RecordedEvents();

    @Test
    void shouldNotWaitForADiskThatHangs() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        StateWriter writer = new StateWriter(() -> {
            hangs.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }, Path.of("state.json"), events, StateWriter.Pace.DEFAULT);
        writer.start();
        writer.changed();
        assertThat(hangs.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 1_000_000; i++) {
            writer.changed();
        }
        assertThat(writer.flush(SHORT)).isFalse();
        assertThat(writer.saved()).isZero();
        assertThat(writer.close(SHORT)).isFalse();
        goesOn.countDown();
        assertThat(writer.close(RecordedEvents.DEADLINE)).isTrue();
    }

    @Test
    void shouldGoOnAfterAnErrorOfItsOwn() {
        int[] calls = new int[1];
        StateWriter writer = new StateWriter(() -> {
            if (calls[0]++ < 3) {
                throw new StackOverflowError("a test's");
            }
        }, Path.of("state.json"), events, new StateWriter.Pace(SHORT, Duration.ofMillis(1), Duration.ofMillis(2)));
        writer.start();
        writer.changed();
        RecordedEvents.await(() -> assertThat(events.restored()).hasSize(1));
        assertThat(events.degraded()).hasSize(1);
        assertThat(writer.flush(RecordedEvents.DEADLINE)).isTrue();
        assertThat(writer.close(RecordedEvents.DEADLINE)).isTrue();
    }

    @Test
    void shouldSaveTheFirstChangeAtOnceAndTheRestTogether(@TempDir Path directory) throws IOException {
        List<Job> jobs = StateWorld.jobs(10_000);
        try (StateFile state = StateFile.open(directory, NOW, events)) {
            state.replaceJobs(jobs, NOW);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
            long savesBefore = state.saves();
            long start = System.nanoTime();
            for (int round = 1; round <= 20; round++) {
                for (Job job : jobs) {
                    state.fired(job, NOW.plusSeconds(round));
                    state.began(run(job, round));
                    state.ended(run(job, round), outcome(0));
                }
            }
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
            long tookMs = (System.nanoTime() - start) / 1_000_000;
            assertThat(state.saves() - savesBefore).isLessThanOrEqualTo(2 + tookMs / 100);
        }
        assertThat(Files.size(directory.resolve("state.json"))).isLessThan(5 << 20);
        try (StateFile state = StateFile.open(directory, NOW.plusSeconds(60), events)) {
            assertThat(jobs).allMatch(job -> state.lastFireTime(job).orElseThrow().equals(NOW.plusSeconds(20)));
        }
        assertThat(events.degraded()).isEmpty();
    }
}
