package io.pidone.cron.crontab;

import io.pidone.cron.expression.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes are: a crontab, or errors with places; never another exception, never an endless loop. */
class CrontabFuzzTest {

    private static final int HUGE = 8 << 20;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static void read(byte[] bytes, Dialect dialect) {
        CrontabSyntax syntax = CrontabSyntax.of(dialect).withPercent(true).withUserColumn(bytes.length % 2 == 0);
        try {
            for (Entry entry : new CrontabReader(syntax).parse("f", bytes).entries()) {
                Assertions.assertThat(entry.command()).isNotNull();
                Assertions.assertThat(entry.schedule().describe()).isNotEmpty();
                entry.schedule().nextFireTime(NOW, ZoneOffset.UTC)
                        .ifPresent(t -> Assertions.assertThat(t).isAfter(NOW));
            }
        } catch (CrontabException e) {
            Assertions.assertThat(e.errors()).isNotEmpty()
                    .allSatisfy(d -> Assertions.assertThat(d.line()).isPositive());
        }
    }

    @Property(tries = 2000)
    void shouldReadAnyBytes(@ForAll byte[] bytes, @ForAll Dialect dialect) {
        read(bytes, dialect);
    }

    @Property(tries = 3000)
    void shouldReadWhatLooksLikeACrontab(@ForAll("crontabs") String text, @ForAll Dialect dialect) {
        read(text.getBytes(StandardCharsets.UTF_8), dialect);
    }

    @Provide
    Arbitrary<String> crontabs() {
        Arbitrary<String> pieces = Arbitraries.of("*", " ", "\t", "\n", "\r\n", "/", "-", ",", "#", "?", "L", "W",
                "H", "~", "(", ")", "0", "5", "7", "31", "59", "60", "99999999999", "2030", "mon", "JAN", "@every ",
                "@reboot", "@daily", "5m", "=", "PIDONE_", "PIDONE_RETRY=", "CRON_TZ=", "%", "\\%", "\0", "\ufeff",
                "\u0130", "'", "\"", "* * * * * ", "x");
        return pieces.list().ofMaxSize(60).map(l -> String.join("", l));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @Timeout(30)
    void shouldReadHugeLines(Dialect dialect) {
        List<String> units = List.of("1,", "*,x,", "\0", "a", "* ", "=", "1 1 1 1 1 x\n", "A=1\n", "x\n", "%", "\\",
                "'", "@", "H/5,", "9", " ", "PIDONE_NAME=a\n", "\n");
        for (String unit : units) {
            read(unit.repeat(HUGE / 8 / unit.length()).getBytes(StandardCharsets.UTF_8), dialect);
        }
        byte[] notText = new byte[HUGE];
        Arrays.fill(notText, (byte) 0xff);
        read(notText, dialect);
    }

    @Test
    @Timeout(30)
    void shouldNotExhaustTheHeapWithVariablesThatChangeBetweenEntries() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append('A').append(i).append("=1\n@daily x\n");
        }
        read(text.toString().getBytes(StandardCharsets.UTF_8), Dialect.PIDONE);
    }
}
