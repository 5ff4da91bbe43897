package io.pidone.cli.init;

import java.time.Duration;

/** Durations as people write them: {@code 10s}, {@code 1m30s}, {@code 500ms}, {@code 2h}, {@code 1d}, {@code 0}. */
final class Durations {

    private static final long MAX_MILLIS = Duration.ofDays(36500).toMillis();

    private Durations() {
    }

    static Duration parse(String option, String text) throws UsageException {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        double millis = 0;
        int at = 0;
        while (at < text.length()) {
            int unit = skip(text, at, true);
            int end = skip(text, unit, false);
            double scale = scale(text.substring(unit, end));
            if (unit == at || scale == 0) {
                throw wrong(option, text);
            }
            try {
                millis += Double.parseDouble(text.substring(at, unit)) * scale;
            } catch (NumberFormatException e) {
                throw wrong(option, text);
            }
            at = end;
        }
        if (text.isEmpty() || millis > MAX_MILLIS) {
            throw wrong(option, text);
        }
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    private static int skip(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && digits == (text.charAt(at) == '.' || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static double scale(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1e3;
            case "m" -> 60e3;
            case "h" -> 3600e3;
            case "d" -> 86400e3;
            default -> 0;
        };
    }

    private static UsageException wrong(String option, String text) {
        return new UsageException(option + ": '" + text + "' is not a duration; write a number with its unit: 500ms, "
                + "10s, 1m30s, 2h");
    }
}
