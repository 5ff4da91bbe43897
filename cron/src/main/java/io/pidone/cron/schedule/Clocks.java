package io.pidone.cron.schedule;

import io.pidone.process.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock beside one that is never set: where they part, somebody set the wall clock, or the machine slept. For
 * the scheduler's thread.
 */
final class Clocks {

    /** Less is the noise of two readings, or a clock that is slewed. */
    private static final Duration SMALLEST_JUMP = Duration.ofSeconds(1);

    private final InstantSource wall;
    private final NanoClock steady;
    private Instant lastWall;
    private long lastSteady;

    Clocks(InstantSource wall, NanoClock steady) {
        this.wall = wall;
        this.steady = steady;
        lastWall = wall.instant();
        lastSteady = steady.nanoTime();
    }

    Instant now() {
        return wall.instant();
    }

    /** How far the wall clock has jumped since the last call; zero if it has not. */
    Duration takeJump() {
        Instant now = wall.instant();
        long nanos = steady.nanoTime();
        Duration jump = Duration.between(lastWall, now).minusNanos(nanos - lastSteady);
        lastWall = now;
        lastSteady = nanos;
        return jump.abs().compareTo(SMALLEST_JUMP) < 0 ? Duration.ZERO : jump;
    }
}
