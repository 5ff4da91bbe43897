package io.pidone.cron;

import io.pidone.cron.schedule.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that records fire times as fast as it can until it is killed: the {@code n}-th one, counted over all its
 * lives, is second {@code n} of job {@code n % 50}. Each line of its output is the number of a fire time that is on
 * disk, with all before it.
 */
final class StateRecorder {

    static final int JOBS = 50;
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Instant NOW = Instant.parse("9999-01-01T00:00:00Z");
    private static final StateWriter.Pace RESTLESS =
            new StateWriter.Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

    private StateRecorder() {
    }

    static Job job(long fireTime) {
        return StateWorld.job("job " + fireTime % JOBS);
    }

    public static void main(String[] args) throws IOException {
        StateFile state = StateFile.open(Path.of(args[0]), NOW, new RecordedEvents());
        List<Job> jobs = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < JOBS; i++) {
            jobs.add(job(i));
            before = Math.max(before, state.lastFireTime(job(i)).map(t -> t.getEpochSecond() - START.getEpochSecond())
                    .orElse(0L));
        }
        long told = 0;
        for (long number = before + 1; true; number++) {
            state.fired(jobs.get((int) (number % JOBS)), START.plusSeconds(number));
            long saved = state.saved();
            // Of the times before its own life, some may have been lost that nobody had been told of.
            if (saved > told && saved >= JOBS) {
                told = saved;
                System.out.println(before + saved);
            }
        }
    }
}
