package io.pidone.process.posix;

import io.pidone.process.ClockWatch;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** A thread that watches a clock in vain ends instead of waiting for ever. */
class PosixClockWatchTest {

    @Test
    void shouldSayThatItCannotTell() {
        try (ClockWatch watch = new PosixClockWatch()) {
            assertThat(watch.await()).isFalse();
        }
    }
}
