package io.pidone.cron.expression;

import java.time.Duration;
import java.util.Optional;

/**
 * The written form of a duration: numbers with units, {@code 90s}, {@code 1h30m}, {@code 1.5h}; units are {@code d h m
 * s ms us ns}. A number alone is in seconds.
 */
public final class DurationText {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** A century: longer ones are mistakes, and sums of instants stay in range. */
    private static final double LONGEST_NANOS = 36_525.0 * 86_400 * NANOS_PER_SECOND;
    private static final int LONGEST_TEXT = 64;

    private DurationText() {
    }

    /** Reads {@code text}; empty if it is not a duration of zero to a hundred years. */
    public static Optional<Duration> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            int unitAt = endOfNumber(text, at);
            int end = endOfUnit(text, unitAt);
            boolean alone = at == 0 && unitAt == text.length();
            long unitNanos = alone ? NANOS_PER_SECOND : nanosOf(text.substring(unitAt, end));
            Optional<Duration> part = multiply(text.substring(at, unitAt), unitNanos);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(part.get());
            at = end;
        }
        return Optional.of(sum);
    }

    private static Optional<Duration> multiply(String number, long unitNanos) {
        boolean hasDigit = number.chars().anyMatch(c -> c != '.');
        boolean oneDot = number.indexOf('.') == number.lastIndexOf('.');
        if (!hasDigit || !oneDot || unitNanos < 0) {
            return Optional.empty();
        }
        if (Double.parseDouble(number) * unitNanos > LONGEST_NANOS) {
            return Optional.empty();
        }
        int dot = number.indexOf('.');
        String whole = dot < 0 ? number : number.substring(0, dot);
        Duration part = Duration.ofNanos(unitNanos).multipliedBy(whole.isEmpty() ? 0 : Long.parseLong(whole));
        if (dot < 0 || dot == number.length() - 1) {
            return Optional.of(part);
        }
        return Optional.of(part.plusNanos((long) (Double.parseDouble("0" + number.substring(dot)) * unitNanos)));
    }

    private static int endOfNumber(String text, int from) {
        int at = from;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static int endOfUnit(String text, int from) {
        int at = from;
        while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "d" -> 86_400 * NANOS_PER_SECOND;
            case "h" -> 3_600 * NANOS_PER_SECOND;
            case "m" -> 60 * NANOS_PER_SECOND;
            case "s" -> NANOS_PER_SECOND;
            case "ms" -> 1_000_000;
            case "us", "\u00b5s", "\u03bcs" -> 1_000;
            case "ns" -> 1;
            default -> -1;
        };
    }
}
