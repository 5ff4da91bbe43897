package io.pidone.benchmarks.cron.expression;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Random;

/**
 * Where the questions start: some {@value #COUNT} seconds of the years 2026 to 2029, the same in every run, in the type
 * that each library takes, so that no conversion is measured.
 *
 * <p>One lies right before the hour that Europe/Berlin skips, one on the evening before it repeats one. None has its
 * answer in a repeated hour: there Quartz alone goes on to the repetition.
 */
record StartingPoints(ZoneId zone, Instant[] instants, ZonedDateTime[] zoned, Date[] dates) {

    /** Enough that a processor does not learn the branches by heart; a power of two, see {@link #after(int)}. */
    static final int COUNT = 512;

    private static final long SEED = 2;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FOUR_YEARS_SECONDS = 1461 * 86_400;
    private static final Instant BEFORE_SKIPPED_HOUR = Instant.parse("2026-03-29T00:59:30Z");
    private static final Instant BEFORE_REPEATED_HOUR = Instant.parse("2026-10-24T20:40:30Z");

    static StartingPoints in(ZoneId zone) {
        Random random = new Random(SEED);
        Instant[] instants = new Instant[COUNT];
        Arrays.setAll(instants, i -> FIRST.plusSeconds(random.nextInt(FOUR_YEARS_SECONDS)));
        instants[0] = BEFORE_SKIPPED_HOUR;
        instants[1] = BEFORE_REPEATED_HOUR;
        return new StartingPoints(zone, instants,
                Arrays.stream(instants).map(i -> i.atZone(zone)).toArray(ZonedDateTime[]::new),
                Arrays.stream(instants).map(Date::from).toArray(Date[]::new));
    }

    /** The index of the point after that of {@code index}, around. */
    static int after(int index) {
        return index + 1 & COUNT - 1;
    }
}
