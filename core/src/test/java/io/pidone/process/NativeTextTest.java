package io.pidone.process;

import java.nio.charset.StandardCharsets;
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
}
