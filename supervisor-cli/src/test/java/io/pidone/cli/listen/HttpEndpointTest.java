package io.pidone.cli.listen;

import io.pidone.cli.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpEndpointTest {

    private static final String LONG = "0123456789".repeat(1000);

    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Map.of(
                "/short", request -> Answer.text(200, "hello\n"),
                "/query", request -> Answer.text(200, request.query().getOrDefault("a b", "none")),
                "/long", request -> Answer.tagged("text/plain", LONG.getBytes(StandardCharsets.UTF_8)),
                "/stream", request -> Answer.streamed("text/plain",
                        out -> out.write(LONG.getBytes(StandardCharsets.UTF_8))),
                "/broken", request -> {
                    throw new IllegalStateException("of purpose");
                },
                "/breaks", request -> Answer.streamed("text/plain", out -> {
                    out.write(LONG.getBytes(StandardCharsets.UTF_8));
                    throw new IOException("of purpose");
                })));
    }

    private boolean answers() {
        try {
            return Http.get(endpoint.address(), "/short").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ends(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Reset.
            return true;
        }
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void shouldAnswerGetAndHead() throws IOException {
        Http.Reply got = Http.get(endpoint.address(), "/short");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("hello\n");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        Http.Reply head = Http.ask(endpoint.address(), "HEAD", "/short");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("6");
        assertThat(head.body()).isEmpty();
        assertThat(Http.ask(endpoint.address(), "HEAD", "/stream").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
    void shouldRefuseOtherMethods(String method) throws IOException {
        Http.Reply reply = Http.ask(endpoint.address(), method, "/short", "Content-Length: 0");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/short/", "/short/../short", "/Short", "/../etc/passwd", "//short", "/short%00"})
    void shouldKnowItsOwnPathsOnly(String path) throws IOException {
        assertThat(Http.get(endpoint.address(), path).status()).isEqualTo(404);
    }

    @Test
    void shouldDecodeTheQuery() throws IOException {
        assertThat(Http.get(endpoint.address(), "/query?x&a%20b=c+d%26%C3%A9&=y").text()).isEqualTo("c d&\u00e9");
        assertThat(Http.get(endpoint.address(), "/query?a%20b=%zz").status()).isIn(400, 500);
    }

    @Test
    void shouldCompressWhatIsWorthIt() throws IOException {
        for (String path : List.of("/long", "/stream")) {
            Http.Reply packed = Http.get(endpoint.address(), path, "Accept-Encoding: gzip, br");
            assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(packed.body()).hasSizeLessThan(1000);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .asString().isEqualTo(LONG);
            assertThat(Http.get(endpoint.address(), path).text()).isEqualTo(LONG);
        }
        assertThat(Http.get(endpoint.address(), "/short", "Accept-Encoding: gzip").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void shouldNotSendAgainWhatTheClientHas() throws IOException {
        String tag = Http.get(endpoint.address(), "/long").header("ETag");
        Http.Reply again = Http.get(endpoint.address(), "/long", "If-None-Match: " + tag, "Accept-Encoding: gzip");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(Http.get(endpoint.address(), "/long", "If-None-Match: W/\"other\"").status()).isEqualTo(200);
    }

    @Test
    void shouldSayItsOwnFailuresAndGoOn() throws IOException {
        Http.Reply failed = Http.get(endpoint.address(), "/broken");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.text()).contains("of purpose");
        assertThat(Http.get(endpoint.address(), "/short").status()).isEqualTo(200);
    }

    @Test
    void shouldNotLetABodyThatBrokeOffLookWhole() throws IOException {
        assertThatThrownBy(() -> Http.get(endpoint.address(), "/breaks")).hasMessageContaining("broke off");
        assertThat(Http.get(endpoint.address(), "/short").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:9746", "127.0.0.1:80", "[::1]:9746"})
    void shouldAnswerForTheNamesOfLoopback(String host) throws IOException {
        assertThat(Http.get(endpoint.address(), "/short", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"})
    void shouldNotAnswerOnLoopbackForTheNameOfAnotherSite(String host) throws IOException {
        assertThat(Http.get(endpoint.address(), "/short", "Host: " + host).status()).isEqualTo(403);
    }

    /** Each begins a request and goes no further. */
    @Test
    void shouldCutOffSlowClientsAndAnswerOthers() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = Http.connect(endpoint.address());
                socket.getOutputStream().write("GET /short HTTP/1.1\r\nHos".getBytes(StandardCharsets.UTF_8));
                slow.add(socket);
            }
            assertThat(Http.get(endpoint.address(), "/short").status()).isEqualTo(200);
            assertThat(slow).allMatch(HttpEndpointTest::ends);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** They would take the descriptors that the cron needs for its commands. */
    @Test
    void shouldNotKeepMoreConnectionsThanAFew() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                silent.add(Http.connect(endpoint.address()));
            }
            Await.until("the last ones are cut off", () -> ends(silent.get(299)));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        Await.until("others are answered again", this::answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\1\2\3", "GET\r\n\r\n", "GET /short HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n"})
    void shouldSurviveWhatIsNoHttp(String bytes) throws IOException {
        try (Socket socket = Http.connect(endpoint.address())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        assertThat(Http.get(endpoint.address(), "/short").status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAnEndlessHeader() throws IOException {
        try (Socket socket = Http.connect(endpoint.address())) {
            socket.getOutputStream().write("GET /short HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] line = ("X: " + "x".repeat(8000) + "\r\n").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> {
                for (int i = 0; i < 100_000; i++) {
                    socket.getOutputStream().write(line);
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldSayThatAnAddressIsInUse() {
        assertThatThrownBy(() -> new HttpEndpoint(endpoint.address(), Map.of())).isInstanceOf(BindException.class)
                .hasMessageContaining("Address already in use");
    }
}
