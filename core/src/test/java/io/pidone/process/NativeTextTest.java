package io.pidone.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of the kernel survive the way through a string. */
class NativeTextTest {

    @Test
    void shouldReadUtf8AsItIs() {
        byte[] bytes = "grüße \uFFFD 🐧".getBytes(StandardCharsets.UTF_8);
        assertThat(NativeText.decode(bytes, 0, bytes.length)).isEqualTo("grüße \uFFFD 🐧");
        assertThat(NativeText.encode("grüße \uFFFD 🐧")).isEqualTo(bytes);
    }

    @Test
    void shouldGiveBackEveryByteWhenItIsNotUtf8() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(NativeText.encode(NativeText.decode(bytes, 0, bytes.length))).isEqualTo(bytes);
        }
    }

    @Test
    void shouldKeepTheRestReadableWhenOneByteIsOdd() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC3, (byte) 0xBC, 'z'};
        assertThat(NativeText.decode(bytes, 0, bytes.length)).isEqualTo("a\uDCFF\u00FCz");
    }

    @Test
    void shouldJudgeEveryBeginningAsTheDecoderDoes() {
        byte[] edges = {0x00, 0x41, 0x7F, (byte) 0x80, (byte) 0x8F, (byte) 0x90, (byte) 0x9F, (byte) 0xA0, (byte) 0xBF,
            (byte) 0xC0, (byte) 0xC1, (byte) 0xC2, (byte) 0xDF, (byte) 0xE0, (byte) 0xE1, (byte) 0xEC, (byte) 0xED,
            (byte) 0xEE, (byte) 0xEF, (byte) 0xF0, (byte) 0xF1, (byte) 0xF3, (byte) 0xF4, (byte) 0xF5, (byte) 0xFF};
        int all = edges.length * edges.length * edges.length * edges.length;
        for (int n = 0; n < all; n++) {
            byte[] bytes = new byte[4];
            for (int i = 0, rest = n; i < bytes.length; i++, rest /= edges.length) {
                bytes[i] = edges[rest % edges.length];
            }
            for (int to = 1; to <= bytes.length; to++) {
                int length = NativeText.characterLength(bytes, 0, to);
                String text = new String(bytes, 0, length == 0 ? to : length, StandardCharsets.UTF_8);
                boolean one = text.codePointCount(0, text.length()) == 1 && text.indexOf('\uFFFD') < 0;
                assertThat(length == 0 ? text.indexOf('\uFFFD') == 0 : one)
                        .as(() -> Arrays.toString(bytes)).isTrue();
            }
        }
    }
}
