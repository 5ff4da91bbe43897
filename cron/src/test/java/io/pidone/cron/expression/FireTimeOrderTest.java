package io.pidone.cron.expression;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.Assertions;

/** Fire times are ordered in every dialect and zone, down to the second, and both directions name the same ones. */
class FireTimeOrderTest {

    private static final long YEAR_2025 = 1_735_689_600L;
    private static final long TWO_YEARS = 2 * 366 * 86_400L;

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void shouldLieAfterTheStartingPoint(@ForAll("expressions") String text, @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(max = TWO_YEARS) long second, @ForAll Dialect dialect) {
        String fields = dialect == Dialect.CRONIE ? text.substring(text.indexOf(' ') + 1, text.lastIndexOf(' ')) : text;
        CronExpression expression = CronExpression.parse(fields, dialect);
        Instant after = Instant.ofEpochSecond(YEAR_2025 + second);
        Assertions.assertThat(expression.nextFireTime(after, zone).orElse(Instant.MAX)).isAfter(after);
        Assertions.assertThat(expression.previousFireTime(after, zone).orElse(Instant.MIN)).isBefore(after);
    }

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void shouldBeFoundFromBothSides(@ForAll("expressions") String text, @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(max = TWO_YEARS) long second) {
        CronExpression expression = CronExpression.parse(text);
        Instant after = Instant.ofEpochSecond(YEAR_2025 + second);
        Optional<Instant> next = expression.nextFireTime(after, zone);
        Optional<Instant> last = expression.previousFireTime(after.plusSeconds(1), zone);
        if (next.isPresent()) {
            Assertions.assertThat(expression.previousFireTime(next.get(), zone)).isEqualTo(last);
        }
        if (last.isPresent()) {
            Assertions.assertThat(expression.nextFireTime(last.get(), zone)).isEqualTo(next);
        }
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca",
                "America/Santiago", "Antarctica/Troll", "Asia/Kathmandu").map(ZoneId::of);
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> days = Arbitraries.of("*", "*", "1", "15,28", "*/5", "31");
        Arbitrary<String> weekdays = Arbitraries.of("*", "*", "1-5", "0", "*/2");
        return Combinators.combine(field(59), field(59), field(23), days, weekdays)
                .as((s, m, h, d, w) -> String.join(" ", s, m, h, d, "*", w, "*"));
    }

    private static Arbitrary<String> field(int max) {
        Arbitrary<String> number = Arbitraries.integers().between(0, max).map(Object::toString);
        Arbitrary<String> step = Arbitraries.integers().between(1, max).map(n -> "*/" + n);
        Arbitrary<String> list = Combinators.combine(number, number).as((a, b) -> a + "," + b);
        return Arbitraries.oneOf(Arbitraries.just("*"), number, step, list);
    }
}
