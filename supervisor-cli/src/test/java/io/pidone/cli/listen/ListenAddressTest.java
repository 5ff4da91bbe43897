package io.pidone.cli.listen;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource({"9746, localhost:9746", ":80, localhost:80", "0.0.0.0:80, 0.0.0.0:80", "[::1]:80, [::1]:80",
        "name.example:0, name.example:0"})
    void shouldReadAPortAndPerhapsAHost(String text, String address) {
        assertThat(ListenAddress.parse(text, "localhost", OptionalInt.empty()).map(ListenAddress::toString))
                .contains(address);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:9746", "[::1], [::1]:9746", "::1, [::1]:9746", "127.0.0.1:1, 127.0.0.1:1"})
    void shouldTakeADefaultPort(String text, String address) {
        assertThat(ListenAddress.parse(text, "", OptionalInt.of(9746)).map(ListenAddress::toString)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "::1", "[::1]", "[::1", "[::1]80", "a:b", "a:65536", "a:-1", ":"})
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThat(ListenAddress.parse(text, "localhost", OptionalInt.empty())).isEmpty();
    }
}
