package io.pidone.cli.sentry;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Ingest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Errors as events of Sentry, sent to a server of our own. */
class SentrySinkTest {

    private static Map<String, String> origin(String environment, String release) {
        return Map.of("environment", environment, "release", release);
    }

    private static Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("iteration", 4L);
        fields.put("job.command", "exit 3");
        return fields;
    }

    @Test
    void shouldSendAnErrorWithItsFieldsAndOrigin() throws IOException {
        try (Ingest ingest = Ingest.open(); SentrySink sink = new SentrySink(ingest.dsn(), origin("prod", "1.2"))) {
            sink.report(false, "error running command: exit status 3", fields());
            Await.until("an event", () -> !ingest.envelopes().isEmpty());
            assertThat(ingest.envelopes().get(0)).contains("sentry_key=public", "\"type\":\"event\"",
                    "\"level\":\"error\"", "error running command: exit status 3", "\"environment\":\"prod\"",
                    "\"release\":\"1.2\"", "\"iteration\":4", "\"job.command\":\"exit 3\"",
                    "\"logger\":\"supercronic\"");
        }
    }

    @Test
    void shouldHaveSentEverythingWhenItIsClosed() throws IOException {
        try (Ingest ingest = Ingest.open()) {
            try (SentrySink sink = new SentrySink(ingest.dsn(), origin("", ""))) {
                for (int i = 0; i < 5; i++) {
                    sink.report(true, "the same", fields());
                }
            }
            assertThat(ingest.envelopes()).hasSize(5).allMatch(text -> text.contains("\"level\":\"fatal\""));
        }
    }

    /** It listens, and never answers. */
    @Test
    void shouldNotWaitLongForAServerThatDoesNotAnswer() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            try (SentrySink sink = new SentrySink("http://k@127.0.0.1:" + deaf.getLocalPort() + "/1",
                    origin("", ""))) {
                sink.report(false, "lost", fields());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "http://example.com/1", "http://k@example.com/", "ftp //"})
    void shouldRefuseADsnThatIsNone(String dsn) {
        assertThatThrownBy(() -> new SentrySink(dsn, origin("", ""))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DSN");
    }
}
