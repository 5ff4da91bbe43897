package io.pidone.cron.expression;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The table of robfig/cron's tests in pidone's own dialect, and the rows where cron(8) answers otherwise. */
class RobfigCasesTest {

    /** robfig follows the clock with every entry; by cron(8) these run after the jump, or not a second time. */
    private static final List<String> DIFFERENT_RULE = List.of(
            "0 30 2 11 Mar ? after 2012-03-11T00:00:00-05:00: 2012-03-11T07:00:00Z",
            "0 0 2 * * ? after 2012-03-11T00:00:00-05:00: 2012-03-11T07:00:00Z",
            "0 30 1 04 Nov ? after 2012-11-04T01:45:00-04:00: 2013-11-04T06:30:00Z",
            "0 0 1 * * ? after 2012-11-04T01:00:00-04:00: 2012-11-05T06:00:00Z",
            "0 0 1 * * ? after 2012-11-04T01:00:00-04:00: 2012-11-05T06:00:00Z");

    @Test
    void shouldAnswerAsRobfigDoes() throws IOException {
        List<String> different = new ArrayList<>();
        int rows = 0;
        for (CaseTable.Row row : CaseTable.read("robfig.tsv")) {
            rows++;
            String expected = row.asksValidity() ? "invalid"
                    : row.fireTime().map(Object::toString).orElse("none");
            String answer = answer(row);
            if (!answer.equals(expected)) {
                different.add(row.expression() + " after " + row.from() + ": " + answer);
            }
        }
        Assertions.assertThat(different).containsExactlyInAnyOrderElementsOf(DIFFERENT_RULE);
        Assertions.assertThat(rows).isEqualTo(129);
    }

    private static String answer(CaseTable.Row row) {
        // Its six fields are with seconds; ours of the same meaning have a year besides.
        boolean seconds = row.dialect().equals("robfig-seconds") && row.expression().split(" ").length == 6;
        try {
            CronExpression expression = CronExpression.parse(row.expression() + (seconds ? " *" : ""));
            return Optional.of(row).filter(r -> !r.asksValidity())
                    .map(r -> expression.nextFireTime(r.after(), r.zone()).map(Object::toString).orElse("none"))
                    .orElse("valid");
        } catch (CronSyntaxException e) {
            return "invalid";
        }
    }
}
