package io.pidone.cron.expression;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question about fire times makes no garbage beside its answer. */
class FireTimeAllocationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HOUR_SECONDS = 3600;
    private static final int QUESTIONS = 1000;
    /** The starting point, the instant of the answer and its Optional, 24 bytes each where references are long. */
    private static final long MOST_BYTES = 3 * 24;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long seen;

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Z", "+02:00", "Europe/Berlin"})
    void shouldAllocateOnlyTheAnswer(String zone) {
        for (String text : new String[] {"* * * * *", "30 2 * * mon-fri", "0 0 29 2 *", "0 0 LW * *", "@every 5m"}) {
            CronExpression expression = CronExpression.parse(text);
            allocatedByAsking(expression, ZoneId.of(zone));
            long bytes = allocatedByAsking(expression, ZoneId.of(zone));
            Assertions.assertThat(bytes / QUESTIONS).as("bytes a question, %s in %s", text, zone)
                    .isLessThanOrEqualTo(MOST_BYTES);
        }
        Assertions.assertThat(seen).isPositive();
    }

    private long allocatedByAsking(CronExpression expression, ZoneId zone) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < QUESTIONS; i++) {
            seen += expression.nextFireTime(START.plusSeconds(i * HOUR_SECONDS), zone).orElseThrow().getEpochSecond();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
