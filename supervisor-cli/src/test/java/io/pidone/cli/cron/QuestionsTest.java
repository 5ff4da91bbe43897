package io.pidone.cli.cron;

import io.pidone.cron.expression.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Questions in lines and their answers. */
class QuestionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UTC           | 2026-01-01T00:00:00Z      | @daily           | 2026-01-02T00:00:00Z
            Europe/Berlin | 2026-03-28T12:00:00+01:00 | 30 2 * * *       | 2026-03-29T03:00:00+02:00
            Europe/Berlin | 2026-03-28T12:00:00       | 30 2 * * *       | 2026-03-29T03:00:00+02:00
            Europe/Berlin | 2026-10-25T00:00:00Z      | 30 2 * * *       | 2026-10-25T02:30:00+02:00
            Europe/Berlin | 2026-10-25T00:30:00Z      | 30 2 * * *       | 2026-10-26T02:30:00+01:00
            Asia/Kathmandu | 2026-01-01T00:00:00Z     | 0 0 * * *        | 2026-01-02T00:00:00+05:45
            +05:30        | 2026-01-01T00:00:00Z      | 0 0 * * *        | 2026-01-02T00:00:00+05:30
            UTC           | 2026-01-01T00:00:00.5Z    | */10 * * * * * * | 2026-01-01T00:00:10Z
            UTC           | 2026-01-01T00:00Z         | @every 90s       | 2026-01-01T00:01:30Z
            UTC           | 2026-01-01T00:00:00Z      | 0 0 31 2 *       | none
            UTC           | 2026-01-01T00:00:00Z      | @reboot          | none
            UTC           | 2099-12-31T23:59:59Z      | * * * * *        | none
            """)
    void shouldAnswerWithATimeOrNone(String zone, String from, String expression, String answer) {
        assertThat(pidone(zone + "\t" + from + "\t" + expression)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | zone TAB from TAB expression
            UTC           | zone TAB from TAB expression
            UTC@x         | zone TAB from TAB expression
            Nowhere@x@x   | Nowhere
            UTC@noon@x    | noon
            UTC@2026-01-01T00:00:00Z@61 * * * * | minute field, column 1
            UTC@2026-01-01T00:00:00Z@* * * *    | too few fields
            """)
    void shouldSayWhatIsWrongAndWhatWouldBeRight(String question, String part) {
        assertThat(pidone(question.replace('@', '\t'))).startsWith("error: ").contains(part).contains("; ")
                .doesNotContain("\n");
    }

    @Test
    void shouldReadInTheDialectItIsTold() {
        String question = "UTC\t2026-01-01T00:00:00Z\t0 0 13 * */2";
        assertThat(new Questions(Dialect.CRONIE).answer(question)).isEqualTo("2026-01-13T00:00:00Z");
        assertThat(new Questions(Dialect.PIDONE).answer(question)).isEqualTo("2026-01-03T00:00:00Z");
        assertThat(new Questions(Dialect.SUPERCRONIC).answer("UTC\t2026-01-01T00:00:00Z\tH * * * *"))
                .startsWith("error: ");
    }

    @Test
    void shouldKeepNoAnswerBackWhileItWaitsForTheNextQuestion() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String question = "UTC\t2026-01-01T00:00:00Z\t@daily\n";
        Queue<String> chunks = new ArrayDeque<>(List.of(question, question + question + "UTC\t", "x\tx\n"));
        List<Long> answered = new ArrayList<>();
        InputStream in = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int from, int length) {
                answered.add(out.toString(StandardCharsets.UTF_8).lines().count());
                if (chunks.isEmpty()) {
                    return -1;
                }
                byte[] bytes = chunks.remove().getBytes(StandardCharsets.UTF_8);
                System.arraycopy(bytes, 0, target, from, bytes.length);
                return bytes.length;
            }
        };
        new Questions(Dialect.PIDONE).answerAll(in, new LineOutput(out));
        assertThat(answered).containsExactly(0L, 1L, 3L, 4L);
    }

    private static String pidone(String question) {
        return new Questions(Dialect.PIDONE).answer(question);
    }
}
