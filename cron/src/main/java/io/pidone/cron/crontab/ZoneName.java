package io.pidone.cron.crontab;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Names of time zones as in {@code CRON_TZ}: those of the time zone database, and {@code UTC}. */
public final class ZoneName {

    private ZoneName() {
    }

    /**
     * The zone of this name, in its own spelling; the empty name is UTC, as in Go. Empty if there is none. An offset
     * such as {@code +02:00} is none, since other programs that read a crontab's variables do not know it.
     */
    public static Optional<ZoneId> parse(String name) {
        Optional<ZoneId> fixed = switch (name) {
            case "" -> Optional.of(ZoneId.of("UTC"));
            case "EST" -> Optional.of(ZoneOffset.ofHours(-5));
            case "MST" -> Optional.of(ZoneOffset.ofHours(-7));
            case "HST" -> Optional.of(ZoneOffset.ofHours(-10));
            default -> Optional.empty();
        };
        boolean offset = name.equals("Z") || name.matches("[+-].*|(UTC|GMT|UT)[+-].*");
        if (fixed.isPresent() || offset) {
            return fixed;
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
