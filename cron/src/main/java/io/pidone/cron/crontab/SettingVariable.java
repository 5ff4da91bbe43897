package io.pidone.cron.crontab;

import io.pidone.cron.expression.DurationText;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Orphans;
import io.pidone.cron.schedule.Overlap;
import io.pidone.cron.schedule.Retry;
import io.pidone.process.Signal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A variable of a crontab that changes the settings of the entries after it. An empty value brings the default back.
 * {@code PIDONE_NAME} is not among them: it names the next entry only.
 */
enum SettingVariable {
    PIDONE_TIMEOUT("a duration, as in 90s or 1h30m") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return limit(value).map(d -> settings.withTimeout(Optional.of(d)));
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withTimeout(defaults.timeout());
        }
    },
    PIDONE_SPLAY("a duration, as in 30s or 5m") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return DurationText.parse(value).map(settings::withSplay);
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withSplay(defaults.splay());
        }
    },
    PIDONE_OVERLAP("skip, allow, queue or replace") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return constant(Overlap.values(), value).map(settings::withOverlap);
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withOverlap(defaults.overlap());
        }
    },
    PIDONE_RETRY("attempts up to 1000 and a delay, as in 3 or 3,10s") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return Retry.parse(value).map(settings::withRetry);
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withRetry(defaults.retry());
        }
    },
    PIDONE_CATCH_UP("a duration, as in 1h") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return DurationText.parse(value).map(d -> settings.withCatchUp(Optional.of(d).filter(c -> !c.isZero())));
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withCatchUp(defaults.catchUp());
        }
    },
    PIDONE_STOP_SIGNAL("a signal, as in TERM, SIGINT or 15") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return Signal.parse(value).map(settings::withStopSignal);
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withStopSignal(defaults.stop().signal());
        }
    },
    PIDONE_GRACE_PERIOD("a duration, as in 10s") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return DurationText.parse(value).map(d -> settings.withGracePeriod(Optional.of(d)));
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withGracePeriod(defaults.stop().gracePeriod());
        }
    },
    PIDONE_ORPHANS("adopt or terminate") {
        @Override
        Optional<EntrySettings> apply(EntrySettings settings, String value) {
            return constant(Orphans.values(), value).map(settings::withOrphans);
        }

        @Override
        EntrySettings reset(EntrySettings settings, EntrySettings defaults) {
            return settings.withOrphans(defaults.orphans());
        }
    };

    static final String PREFIX = "PIDONE_";
    static final String NAME = "PIDONE_NAME";

    private final String wanted;

    SettingVariable(String wanted) {
        this.wanted = wanted;
    }

    static Optional<SettingVariable> named(String name) {
        return Arrays.stream(values()).filter(v -> v.name().equals(name)).findFirst();
    }

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(" ")) + " " + NAME;
    }

    /** What a value looks like, for messages. */
    String wanted() {
        return wanted;
    }

    /** The settings with this value; empty if it is not one. */
    abstract Optional<EntrySettings> apply(EntrySettings settings, String value);

    /** The settings with the default's value. */
    abstract EntrySettings reset(EntrySettings settings, EntrySettings defaults);

    private static <E extends Enum<E>> Optional<E> constant(E[] all, String value) {
        return Arrays.stream(all).filter(c -> c.name().equals(value.toUpperCase(Locale.ROOT))).findFirst();
    }

    private static Optional<Duration> limit(String value) {
        return DurationText.parse(value).filter(d -> !d.isZero());
    }

}
