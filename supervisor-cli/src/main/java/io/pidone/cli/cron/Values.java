package io.pidone.cli.cron;

import io.pidone.cron.expression.Dialect;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
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
            return Arrays.stream(Dialect.values()).filter(d -> d.name().equals(value.toUpperCase(Locale.ROOT)))
                    .findFirst().orElseThrow(() -> new TypeConversionException(Shown.quote(value)
                            + " is no dialect; give pidone, supercronic or cronie"));
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
