package io.pidone.cron.expression;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bit scan against a daemon that steps through the minutes, on random expressions around changes of the clock. */
class BitScanOracleTest {

    private static final int TRIES = 50;
    private static final long WINDOW_MINUTES = 60 * 36;

    @ParameterizedTest
    @ValueSource(strings = {
        "UTC 2026-03-01T00:00:00Z",
        "America/New_York 2024-03-10T07:00:00Z",
        "America/New_York 2024-11-03T06:00:00Z",
        "Europe/Berlin 2024-03-31T01:00:00Z",
        "Europe/Berlin 2024-10-27T01:00:00Z",
        "Australia/Lord_Howe 2024-04-06T15:00:00Z",
        "Australia/Lord_Howe 2024-10-05T15:30:00Z",
        "Pacific/Apia 2011-12-30T10:00:00Z",
        "Africa/Casablanca 2024-03-10T02:00:00Z",
        "Africa/Casablanca 2024-04-14T02:00:00Z",
        "America/Santiago 2024-09-08T04:00:00Z",
        "America/Santiago 2024-04-07T03:00:00Z",
        "Asia/Beirut 2024-03-30T22:00:00Z",
        "Antarctica/Troll 2024-03-31T01:00:00Z",
        "Antarctica/Troll 2024-10-27T01:00:00Z",
    })
    void shouldAgreeWithSteppingThroughMinutes(String place) {
        ZoneId zone = ZoneId.of(place.split(" ")[0]);
        Instant change = Instant.parse(place.split(" ")[1]);
        Random random = new Random(place.hashCode());
        for (int i = 0; i < TRIES; i++) {
            String text = randomExpression(random);
            CronExpression expression = CronExpression.parse(text);
            CronEightOracle oracle = new CronEightOracle(text);
            Instant from = change.minusSeconds(60 * (random.nextInt(60 * 20) + 1));
            Instant end = from.plusSeconds(60 * WINDOW_MINUTES);
            Instant last = null;
            Instant mark = from;
            for (Instant minute = from.plusSeconds(60); minute.isBefore(end); minute = minute.plusSeconds(60)) {
                if (oracle.firesAt(minute, zone)) {
                    Assertions.assertThat(expression.nextFireTime(mark, zone))
                            .as("%s in %s after %s", text, zone, mark).contains(minute);
                    if (last != null) {
                        Assertions.assertThat(expression.previousFireTime(minute, zone))
                                .as("%s in %s before %s", text, zone, minute).contains(last);
                    }
                    last = minute;
                    mark = minute;
                }
            }
            Optional<Instant> beyond = expression.nextFireTime(mark, zone);
            Assertions.assertThat(beyond.isEmpty() || !beyond.get().isBefore(end))
                    .as("%s in %s after %s: %s", text, zone, mark, beyond).isTrue();
        }
    }

    private static String randomExpression(Random random) {
        String days = random.nextInt(4) > 0 ? "*" : random.nextBoolean() ? field(random, 1, 31) : "L";
        String weekdays = random.nextInt(4) > 0 ? "*" : field(random, 0, 6);
        String hours = random.nextInt(3) > 0 ? field(random, 0, 3) : field(random, 0, 23);
        return String.join(" ", List.of(field(random, 0, 59), hours, days, "*", weekdays));
    }

    private static String field(Random random, int min, int max) {
        int low = min + random.nextInt(max - min + 1);
        int high = low + random.nextInt(max - low + 1);
        return switch (random.nextInt(7)) {
            case 0 -> "*";
            case 1 -> "*/" + (1 + random.nextInt(max));
            case 2 -> low + "-" + high;
            case 3 -> low + "-" + high + "/" + (1 + random.nextInt(max));
            case 4 -> low + "," + high;
            default -> Integer.toString(low);
        };
    }
}
