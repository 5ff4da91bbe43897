package io.pidone.cron.schedule;

import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a run.
 *
 * @param status how its process ended
 * @param usage CPU time and peak memory
 * @param duration from its start to its end
 * @param timedOut whether its time was up
 * @param failure why it failed, where its status does not tell; empty otherwise
 */
public record RunOutcome(
        ExitStatus status, ResourceUsage usage, Duration duration, boolean timedOut, Optional<String> failure) {

    /** Whether it exited with 0 in time. */
    public boolean success() {
        return status.success() && !timedOut && failure.isEmpty();
    }

    /** In words: {@code exited 3}, {@code ended by SIGKILL, its time was up}. */
    public String describe() {
        return failure.orElseGet(status::toString) + (timedOut ? ", its time was up" : "");
    }
}
