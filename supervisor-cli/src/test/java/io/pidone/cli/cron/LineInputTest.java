package io.pidone.cli.cron;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Lines out of a stream that gives as few bytes at once as it likes. */
class LineInputTest {

    private static final int LONGEST = LineInput.LONGEST_LINE_BYTES;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100_000})
    void shouldSplitAtNewlinesHoweverTheBytesArrive(int atOnce) throws IOException {
        assertThat(lines("one\n\r\n\nzwölf\r\nlast", atOnce)).containsExactly("one", "", "", "zwölf", "last");
        assertThat(lines("", atOnce)).isEmpty();
        assertThat(lines("\n", atOnce)).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 65_536, 65_537, 1_000_000})
    void shouldRefuseALineThatIsTooLongAndGoOnAfterIt(int atOnce) throws IOException {
        String most = "x".repeat(LONGEST);
        assertThat(lines(most + "\nafter\n", atOnce)).containsExactly(most, "after");
        assertThat(lines(most + "x\nafter\n", atOnce)).containsExactly("!too long", "after");
        assertThat(lines("a\n" + most.repeat(3) + "\nafter\n", atOnce)).containsExactly("a", "!too long", "after");
        assertThat(lines(most + most, atOnce)).containsExactly("!too long");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void shouldRefuseALineThatIsNotUtf8AndGoOnAfterIt(int atOnce) throws IOException {
        byte[] bytes = "a\nb\u00ff\nc\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(lines(bytes, atOnce)).containsExactly("a", "!not UTF-8", "c");
    }

    private static List<String> lines(String text, int atOnce) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8), atOnce);
    }

    private static List<String> lines(byte[] bytes, int atOnce) throws IOException {
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(length, atOnce));
            }
        };
        LineInput input = new LineInput(slow, () -> { });
        List<String> lines = new ArrayList<>();
        while (true) {
            try {
                Optional<String> line = input.next();
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.get());
            } catch (LineInput.Unreadable e) {
                lines.add(e.getMessage().contains("too long") ? "!too long" : "!not UTF-8");
            }
        }
    }
}
