package io.pidone.cron.expression;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The rule of cron(8) the slow way: it steps through every minute as a cron daemon does that wakes up each minute and
 * looks at the clock. Shares no code with what it checks; knows numbers, names of days, ranges, lists and steps, five
 * fields.
 */
final class CronEightOracle {

    private static final int MINUTES = 60 * 24 * 40;
    private static final Duration LONGEST_SHIFT = Duration.ofHours(3);

    private final String[] fields;
    private final boolean wildcard;

    CronEightOracle(String expression) {
        this.fields = expression.split(" ");
        this.wildcard = fields[0].contains("*") || fields[1].contains("*") || covers(fields[1]);
    }

    /** The first fire time of 40 days after {@code after}, by steps of a minute. */
    static Optional<Instant> next(String expression, Instant after, ZoneId zone) {
        CronEightOracle oracle = new CronEightOracle(expression);
        Instant minute = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        for (int i = 0; i < MINUTES; i++) {
            if (oracle.firesAt(minute, zone)) {
                return Optional.of(minute);
            }
            minute = minute.plusSeconds(60);
        }
        return Optional.empty();
    }

    /** Whether a daemon that wakes up at this minute starts the entry. */
    boolean firesAt(Instant minute, ZoneId zone) {
        LocalDateTime now = LocalDateTime.ofInstant(minute, zone);
        if (wildcard) {
            return matches(now);
        }
        LocalDateTime shownBefore = latestShownBefore(minute, zone);
        if (Duration.between(shownBefore, now).compareTo(LONGEST_SHIFT.plusMinutes(1)) > 0) {
            return matches(now);
        }
        for (LocalDateTime time = shownBefore.plusMinutes(1); !time.isAfter(now); time = time.plusMinutes(1)) {
            if (matches(time)) {
                return true;
            }
        }
        return false;
    }

    private static LocalDateTime latestShownBefore(Instant minute, ZoneId zone) {
        LocalDateTime latest = LocalDateTime.ofInstant(minute.minusSeconds(60), zone);
        for (int back = 2; back <= LONGEST_SHIFT.toMinutes(); back++) {
            LocalDateTime shown = LocalDateTime.ofInstant(minute.minusSeconds(60L * back), zone);
            latest = shown.isAfter(latest) ? shown : latest;
        }
        return latest;
    }

    private boolean matches(LocalDateTime time) {
        return in(fields[0], time.getMinute(), 59) && in(fields[1], time.getHour(), 23)
                && in(fields[3], time.getMonthValue(), 12) && dayMatches(time.toLocalDate());
    }

    private boolean dayMatches(LocalDate day) {
        boolean anyDay = hasStar(fields[2]);
        boolean anyWeekday = hasStar(fields[4]);
        boolean byDay = in(fields[2], day.getDayOfMonth(), 31)
                || fields[2].equals("L") && day.equals(YearMonth.from(day).atEndOfMonth());
        boolean byWeekday = in(fields[4], day.getDayOfWeek().getValue() % 7, 6);
        if (anyDay || anyWeekday) {
            return (anyDay || byDay) && (anyWeekday || byWeekday);
        }
        return byDay || byWeekday;
    }

    /** Whether every hour is named: then the entry runs more often than once an hour. */
    private static boolean covers(String hours) {
        for (int hour = 0; hour < 24; hour++) {
            if (!in(hours, hour, 23)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasStar(String field) {
        return ("," + field + ",").contains(",*,");
    }

    private static boolean in(String field, int value, int max) {
        for (String item : field.split(",")) {
            String[] parts = item.split("/");
            int step = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            String range = parts[0].equals("*") ? (max == 31 || max == 12 ? "1-" : "0-") + max : parts[0];
            if (range.equals("L")) {
                continue;
            }
            String[] ends = range.split("-");
            int low = Integer.parseInt(ends[0]);
            int high = ends.length > 1 ? Integer.parseInt(ends[1]) : parts.length > 1 ? max : low;
            if (value >= low && value <= high && (value - low) % step == 0) {
                return true;
            }
        }
        return false;
    }
}
