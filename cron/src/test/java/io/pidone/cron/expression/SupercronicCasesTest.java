package io.pidone.cron.expression;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the tables of supercronic's answers, in its dialect. */
class SupercronicCasesTest {

    @ParameterizedTest
    @CsvSource({
        "supercronic-cronexpr.tsv, 97",
        "supercronic-utc.tsv, 986",
        "supercronic-dst.tsv, 983",
        "supercronic-validity.tsv, 707",
    })
    void shouldAnswerAsSupercronicDoes(String table, int size) throws IOException {
        List<String> wrong = new ArrayList<>();
        List<CaseTable.Row> rows = CaseTable.read(table);
        for (CaseTable.Row row : rows) {
            String answer = answer(row);
            if (!answer.equals(expected(row))) {
                wrong.add(row + " but was " + answer);
            }
        }
        Assertions.assertThat(rows).hasSize(size);
        Assertions.assertThat(wrong).isEmpty();
    }

    private static String answer(CaseTable.Row row) {
        try {
            CronExpression expression = CronExpression.parse(row.expression(), Dialect.SUPERCRONIC);
            return row.asksValidity() ? "valid" : say(expression.nextFireTime(row.after(), row.zone()));
        } catch (CronSyntaxException e) {
            return "invalid";
        }
    }

    private static String expected(CaseTable.Row row) {
        if (row.asksValidity()) {
            return row.expected().equals("valid") ? "valid" : "invalid";
        }
        if (row.origin().contains("DEFECT")) {
            return say(CronEightOracle.next(row.expression(), row.after(), row.zone()));
        }
        return say(row.fireTime());
    }

    private static String say(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("none");
    }
}
