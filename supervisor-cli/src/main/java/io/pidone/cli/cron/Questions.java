package io.pidone.cli.cron;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.CronSyntaxException;
import io.pidone.cron.expression.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Questions for the next fire time, a line each: {@code zone TAB from TAB expression}. The answer is a line as well: a
 * time, {@code none}, or {@code error: } and what would be right. Answers are written together, but none is kept back
 * while the next question is not there yet.
 */
final class Questions {

    private final Dialect dialect;

    Questions(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Answers every line up to the end of the input. */
    void answerAll(InputStream in, LineOutput out) throws IOException {
        LineInput lines = new LineInput(in, out::flush);
        while (true) {
            String answer;
            try {
                Optional<String> line = lines.next();
                if (line.isEmpty()) {
                    break;
                }
                answer = answer(line.get());
            } catch (LineInput.Unreadable e) {
                answer = error(e.getMessage());
            }
            out.line(answer);
        }
        out.flush();
    }

    /** The answer to one line. */
    String answer(String question) {
        int first = question.indexOf('\t');
        int second = question.indexOf('\t', first + 1);
        if (first < 0 || second < 0) {
            return error("a part is missing; write zone TAB from TAB expression");
        }
        String zoneText = question.substring(0, first);
        Optional<ZoneId> zone = ZoneText.parse(zoneText);
        if (zone.isEmpty()) {
            return error(ZoneText.refusal(zoneText));
        }
        String fromText = question.substring(first + 1, second);
        Optional<Instant> from = TimeText.parse(fromText, zone.get());
        if (from.isEmpty()) {
            return error(TimeText.refusal(fromText));
        }
        try {
            CronExpression expression = CronExpression.parse(question.substring(second + 1), dialect);
            return expression.nextFireTime(from.get(), zone.get()).map(t -> TimeText.format(t, zone.get()))
                    .orElse(FireTimeLines.NONE);
        } catch (CronSyntaxException e) {
            return error(e.getMessage());
        }
    }

    private static String error(String message) {
        return "error: " + message;
    }
}
