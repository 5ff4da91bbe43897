package io.pidone.cli.cron;

import io.pidone.cron.crontab.ZoneName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** The written form of a time zone: a name of the time zone database, or an offset as in {@code +05:30}. */
final class ZoneText {

    private ZoneText() {
    }

    /** Reads {@code text}; empty if there is no such zone. */
    static Optional<ZoneId> parse(String text) {
        Optional<ZoneId> named = ZoneName.parse(text);
        if (named.isPresent()) {
            return named;
        }
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As an error says it. */
    static String refusal(String text) {
        return "there is no time zone " + Shown.quote(text)
                + "; give a name such as Europe/Berlin or UTC, or an offset such as +05:30";
    }
}
