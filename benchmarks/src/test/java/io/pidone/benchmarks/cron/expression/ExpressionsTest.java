package io.pidone.benchmarks.cron.expression;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the libraries part ways: what README.md says of it, and that no benchmark would compare it. */
class ExpressionsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant EVENING_BEFORE_SKIPPED_HOUR = Instant.parse("2026-03-28T20:00:00Z");
    private static final Instant START_OF_REPEATED_HOUR = Instant.parse("2026-10-25T00:00:00Z");

    private static Expressions expressions(String fields) throws ParseException {
        return Expressions.of(Notations.of(fields), BERLIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cron-utils", "Quartz", "Spring"})
    void shouldMissARunInTheSkippedHourWithTheOthers(String library) throws ParseException {
        var answers = expressions("30 2 * * *").answers(EVENING_BEFORE_SKIPPED_HOUR, BERLIN);
        assertThat(answers.get("pidone")).contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(answers.get(library)).contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void shouldMissTheRepeatedHourWithQuartz() throws ParseException {
        var answers = expressions("* * * * *").answers(START_OF_REPEATED_HOUR, BERLIN);
        Optional<Instant> aMinuteLater = Optional.of(START_OF_REPEATED_HOUR.plusSeconds(60));
        assertThat(answers).containsEntry("pidone", aMinuteLater).containsEntry("cron-utils", aMinuteLater)
                .containsEntry("Spring", aMinuteLater)
                .containsEntry("Quartz", Optional.of(START_OF_REPEATED_HOUR.plusSeconds(3660)));
    }

    @Test
    void shouldRefuseToCompareDifferentAnswers() throws ParseException {
        Expressions different = expressions("30 2 * * *");
        StartingPoints points = StartingPoints.in(BERLIN);
        assertThatThrownBy(() -> different.requireSameAnswers(points)).isInstanceOf(IllegalStateException.class);
    }
}
