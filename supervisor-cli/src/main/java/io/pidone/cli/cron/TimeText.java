package io.pidone.cli.cron;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** The written form of a moment: ISO 8601 with an offset, {@code 2026-03-29T03:00:00+02:00}. */
final class TimeText {

    private TimeText() {
    }

    /** Reads {@code text}; without an offset it is on the wall clock of {@code zone}. Empty if it is no moment. */
    static Optional<Instant> parse(String text, ZoneId zone) {
        try {
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from,
                    LocalDateTime::from);
            return Optional.of(parsed instanceof ZonedDateTime moment ? moment.toInstant()
                    : ((LocalDateTime) parsed).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As an error says it. */
    static String refusal(String text) {
        return Shown.quote(text) + " is no time; write it as in 2026-03-29T01:30:00+01:00 or 2026-03-29T00:30:00Z";
    }

    static String format(Instant moment, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(zone));
    }
}
