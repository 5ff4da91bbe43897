package io.pidone.cron;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Lines come out as they were written, however the bytes arrive. */
class LineCutterTest {

    private static final int MIB = 1 << 20;

    private final List<String> lines = new ArrayList<>();
    private final LineCutter cutter = cutter(new LineCutter.Room(MIB));

    private LineCutter cutter(LineCutter.Room room) {
        return new LineCutter(room, (bytes, from, to, cut) -> lines.add(
                new String(bytes, from, to - from, StandardCharsets.ISO_8859_1) + (cut ? "..." : "")));
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        cutter.add(bytes, bytes.length);
    }

    private static String xs(int count) {
        return "x".repeat(count);
    }

    @Test
    void shouldHandOverEachLineWithoutItsNewline() {
        add("one\ntwo\n\n\nthree\n");
        assertThat(lines).containsExactly("one", "two", "", "", "three");
    }

    @Test
    void shouldJoinWhatComesInParts() {
        add("a line ");
        add("");
        add("in parts");
        assertThat(lines).isEmpty();
        add("\nnext");
        add("\n");
        assertThat(lines).containsExactly("a line in parts", "next");
    }

    @Test
    void shouldLeaveOneCarriageReturnOutOfTheEndOfALine() {
        add("dos\r\n\r\ntwo\r\r\nmid\rdle\nsplit\r");
        add("\nlast\r");
        cutter.end();
        assertThat(lines).containsExactly("dos", "", "two\r", "mid\rdle", "split", "last");
    }

    @Test
    void shouldKeepEveryOtherByte() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c == '\n' ? "" : c);
        }
        add(all + "\n");
        assertThat(lines).containsExactly(all.toString());
    }

    @Test
    void shouldHandOverAtTheEndWhatHasNoNewline() {
        add("line\nrest");
        cutter.end();
        cutter.end();
        assertThat(lines).containsExactly("line", "rest");
    }

    @Test
    void shouldGoOnAfterTheEnd() {
        add("handed over");
        cutter.end();
        add(" later\n");
        assertThat(lines).containsExactly("handed over", " later");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, LineCutter.LONGEST, 3 * LineCutter.LONGEST})
    void shouldHandOverTheLongestLineWholeAndALongerOneInPieces(int chunk) {
        String longest = xs(LineCutter.LONGEST);
        byte[] all = (longest + "\n" + longest + "y\n" + longest + longest + "\n" + longest).getBytes(
                StandardCharsets.ISO_8859_1);
        for (int from = 0; from < all.length; from += chunk) {
            byte[] part = Arrays.copyOfRange(all, from, Math.min(all.length, from + chunk));
            cutter.add(part, part.length);
        }
        cutter.end();
        assertThat(lines).containsExactly(longest, longest + "...", "y", longest + "...", longest, longest);
    }

    @Test
    void shouldHandOverShorterPiecesWhenManyLinesHaveBegun() {
        LineCutter.Room little = new LineCutter.Room(1000);
        LineCutter first = cutter(little);
        LineCutter second = cutter(little);
        byte[] bytes = xs(600).getBytes(StandardCharsets.ISO_8859_1);
        first.add(bytes, bytes.length);
        assertThat(lines).as("as long as there is room").isEmpty();
        second.add(bytes, bytes.length);
        second.end();
        assertThat(lines).containsExactly(xs(256) + "...", xs(256) + "...", xs(88));
        first.end();
        lines.clear();
        second.add(bytes, bytes.length);
        assertThat(lines).as("room that was given back").isEmpty();
    }

    @Test
    void shouldCutAnyBytesAsAPlainSplitDoes() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            lines.clear();
            StringBuilder all = new StringBuilder();
            for (int i = random.nextInt(300); i > 0; i--) {
                all.append("\nab\u008a\u0000\u000b".charAt(random.nextInt(6)));
            }
            for (int from = 0; from < all.length(); ) {
                int to = Math.min(all.length(), from + 1 + random.nextInt(40));
                add(all.substring(from, to));
                from = to;
            }
            add("\n");
            assertThat(lines).isEqualTo(List.of(all.toString().split("\n", -1)));
        }
    }
}
