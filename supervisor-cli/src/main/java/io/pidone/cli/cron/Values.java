package io.pidone.cli.cron;

import io.pidone.cli.listen.ListenAddress;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.DurationText;
import io.pidone.cron.schedule.Orphans;
import io.pidone.cron.schedule.Overlap;
import io.pidone.cron.schedule.Retry;
import io.pidone.process.Signal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of options, each refused with what would be right. */
final class Values {

    private Values() {
    }

    /** A {@link Dialect} by its name, in any case. */
    static final class OfDialect implements ITypeConverter<Dialect> {

        @Override
        public Dialect convert(String value) {
            return constant(Dialect.values(), value, "is no dialect; give pidone, supercronic or cronie");
        }
    }

    private static <E extends Enum<E>> E constant(E[] all, String value, String refusal) {
        return Arrays.stream(all).filter(c -> c.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new TypeConversionException(Shown.quote(value) + ' ' + refusal));
    }

    /** An {@link Overlap} by its name, in any case. */
    static final class OfOverlap implements ITypeConverter<Overlap> {

        @Override
        public Overlap convert(String value) {
            return constant(Overlap.values(), value, "is not known; give skip, allow, queue or replace");
        }
    }

    /** An {@link Orphans} by its name, in any case. */
    static final class OfOrphans implements ITypeConverter<Orphans> {

        @Override
        public Orphans convert(String value) {
            return constant(Orphans.values(), value, "is not known; give adopt or terminate");
        }
    }

    /** A duration; zero where that means none. */
    static final class OfDuration implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            return DurationText.parse(value).orElseThrow(() -> new TypeConversionException(Shown.quote(value)
                    + " is no duration; give a number with its unit, as in 500ms, 10s or 1m30s"));
        }
    }

    /** Where to listen. */
    static final class OfAddress implements ITypeConverter<ListenAddress> {

        @Override
        public ListenAddress convert(String value) {
            return ListenAddress.parse(value, "localhost", OptionalInt.empty())
                    .orElseThrow(() -> new TypeConversionException(Shown.quote(value)
                            + " is no address; give a port, perhaps with a host, as in 9746, 0.0.0.0:9746, [::]:9746"));
        }
    }

    /** Attempts and a delay. */
    static final class OfRetry implements ITypeConverter<Retry> {

        @Override
        public Retry convert(String value) {
            return Retry.parse(value).orElseThrow(() -> new TypeConversionException(Shown.quote(value)
                    + " is no number of attempts; give up to 1000, and perhaps a delay, as in 3 or 3,10s"));
        }
    }

    /** A signal. */
    static final class OfSignal implements ITypeConverter<Signal> {

        @Override
        public Signal convert(String value) {
            return Signal.parse(value).orElseThrow(() -> new TypeConversionException(Shown.quote(value)
                    + " is no signal; give one as in TERM, SIGINT or 15"));
        }
    }

    /** A time zone. */
    static final class OfZone implements ITypeConverter<ZoneId> {

        @Override
        public ZoneId convert(String value) {
            return ZoneText.parse(value).orElseThrow(() -> new TypeConversionException(ZoneText.refusal(value)));
        }
    }

    /** A whole number above zero. */
    static final class OfCount implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            if (!value.matches("0*[1-9][0-9]{0,8}")) {
                throw new TypeConversionException(Shown.quote(value)
                        + " is no count; give a number from 1 to 999999999");
            }
            return Integer.valueOf(value);
        }
    }
}
