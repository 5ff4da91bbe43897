package io.pidone.cron.schedule;

import io.pidone.cron.expression.DurationText;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a failed run is tried again.
 *
 * @param attempts further runs after the first failed one, 0 to 1000
 * @param delay before the first further run; each later one waits twice as long as the one before, up to an hour
 */
public record Retry(int attempts, Duration delay) {

    /** A failed run is not tried again. */
    public static final Retry NONE = new Retry(0, Duration.ZERO);

    private static final int MOST_ATTEMPTS = 1000;

    /** The delay before the attempt after this one: doubled each time, up to {@code longest}. */
    Duration delay(int failedAttempt, Duration longest) {
        Duration next = delay;
        for (int i = 1; i < failedAttempt && next.compareTo(longest) < 0; i++) {
            next = next.multipliedBy(2);
        }
        return delay.compareTo(longest) >= 0 || next.compareTo(longest) < 0 ? next : longest;
    }

    /** Reads {@code 3} or {@code 3,10s}; empty if it is neither. */
    public static Optional<Retry> parse(String text) {
        int comma = text.indexOf(',');
        String attempts = (comma < 0 ? text : text.substring(0, comma)).strip();
        Optional<Duration> delay = comma < 0 ? Optional.of(Duration.ZERO)
                : DurationText.parse(text.substring(comma + 1).strip());
        boolean number = !attempts.isEmpty() && attempts.length() <= 4
                && attempts.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || Integer.parseInt(attempts) > MOST_ATTEMPTS) {
            return Optional.empty();
        }
        return delay.map(d -> new Retry(Integer.parseInt(attempts), d));
    }
}
