package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code pidone cron --listen} and {@code --watch}, from outside and in a headless Chromium. */
class CronListenIT {

    private static final int OK = 200;
    private static final int TERM = 15;
    private static final String CHROMIUM = "/usr/bin/chromium";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private Launch cron(String... options) {
        List<String> command = new ArrayList<>(List.of(Init.launcher().toString(), "cron"));
        command.addAll(List.of(options));
        return Launch.of(new Init("pidone cron", command), "jobs").in(directory);
    }

    private void crontab(String... lines) throws IOException {
        Files.write(directory.resolve("jobs"), List.of(lines));
    }

    /** The network is the machine's: whichever port is free when the test begins. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(int port, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String body(int port, String path) {
        HttpResponse<String> response = get(port, path, Map.of());
        assertThat(response.statusCode()).as(path).isEqualTo(OK);
        return response.body();
    }

    @Test
    void shouldTellMetricsOfRunsByTheNamesOfEntries() throws IOException {
        crontab("PIDONE_NAME=good", "* * * * * * * echo secret", "PIDONE_NAME=bad", "PIDONE_RETRY=1",
                "@reboot exit 3", "PIDONE_NAME=gone", "@daily true");
        int port = freePort();
        try (Container container = cron("--listen", Integer.toString(port)).start()) {
            container.awaitOutput("good", "succeeded");
            Await.untilAsserted("two failures", () -> assertThat(body(port, "/metrics").lines())
                    .contains("pidone_cron_runs_total{entry=\"bad\",outcome=\"failure\"} 2.0",
                            "pidone_cron_last_run_exit_code{entry=\"bad\"} 3.0",
                            "pidone_cron_retries_total{entry=\"bad\"} 1.0"));
            String metrics = body(port, "/metrics");
            assertThat(metrics).contains("pidone_cron_running{entry=\"gone\"} 0.0").doesNotContain("secret")
                    .containsPattern("pidone_cron_runs_total\\{entry=\"good\",outcome=\"success\"} \\d+")
                    .containsPattern("pidone_cron_next_fire_timestamp_seconds\\{entry=\"gone\"} [0-9.E]+")
                    .contains("# TYPE pidone_cron_run_duration_seconds histogram");
            crontab("PIDONE_NAME=good", "* * * * * * * true");
            container.signal(1).awaitOutput("reloaded");
            Await.untilAsserted("series of gone entries are gone", () -> assertThat(body(port, "/metrics"))
                    .doesNotContain("\"gone\"").doesNotContain("\"bad\"")
                    .contains("pidone_cron_reloads_total{outcome=\"loaded\"} 2.0"));
            assertThat(get(port, "/metrics", Map.of("Accept", "application/openmetrics-text")).body())
                    .endsWith("# EOF\n");
        }
    }

    @Test
    void shouldTellHealthAndReadiness() throws IOException {
        crontab("@reboot trap '' TERM; echo up; sleep 1000; sleep 1000");
        int port = freePort();
        try (Container container = cron("--grace-period", "5s", "--listen", "127.0.0.1:" + port).start()) {
            container.awaitOutput("stdout: up");
            assertThat(body(port, "/healthz")).isEqualTo("ok\n");
            assertThat(body(port, "/readyz")).isEqualTo("ready\n");
            assertThat(get(port, "/etc/passwd", Map.of()).statusCode()).isEqualTo(404);
            HttpRequest post = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                    .POST(HttpRequest.BodyPublishers.noBody()).build();
            assertThat(client.sendAsync(post, HttpResponse.BodyHandlers.discarding()).join().statusCode())
                    .isEqualTo(405);
            container.signal(TERM).awaitOutput("waiting for 1 run");
            assertThat(get(port, "/readyz", Map.of()).statusCode()).isEqualTo(503);
            assertThat(body(port, "/healthz")).isEqualTo("ok\n");
            assertThat(container.awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldRefuseAnotherSitesNameOnLoopback() throws IOException {
        crontab("PIDONE_NAME=a", "@reboot echo up");
        int port = freePort();
        try (Container container = cron("--listen", Integer.toString(port)).start()) {
            container.awaitOutput("stdout: up");
            String script = "curl -s -o /dev/null -w %{http_code} -H 'Host: evil.example' localhost:" + port
                    + "/status.json";
            assertThat(Container.command("sh", "-c", script).stdout()).isEqualTo("403");
        }
    }

    @ParameterizedTest
    @CsvSource({"nowhere, 2, is no address", "99999, 2, is no address", "256.0.0.1:80, 1, cannot listen on"})
    void shouldSayWhatIsWrongWithAnAddress(String address, int code, String said) throws IOException {
        crontab("@daily true");
        Outcome outcome = cron("--listen", address).run();
        assertThat(outcome.exitCode()).isEqualTo(code);
        assertThat(outcome.stderr()).contains(address).contains(said).hasLineCount(1);
    }

    @Test
    void shouldSayThatAnAddressIsTaken() throws IOException {
        crontab("@daily true");
        try (ServerSocket socket = new ServerSocket(0)) {
            Outcome outcome = cron("--listen", "0.0.0.0:" + socket.getLocalPort()).run();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.stderr()).contains("cannot listen on").contains("Address already in use");
        }
    }

    @Test
    void shouldShowThePageWithoutHarmFromNamesAndOutput() throws IOException {
        crontab("PIDONE_NAME=<img src=x onerror=document.title='owned'>", "@reboot echo '<script>alert(1)</script>'",
                "PIDONE_NAME=ticker", "*/30 * * * * * * true", "PIDONE_NAME=slow", "@reboot sleep 1000",
                "PIDONE_NAME=broken", "@reboot exit 4");
        int port = freePort();
        try (Container container = cron("--listen", Integer.toString(port)).start()) {
            container.awaitOutput("broken", "failed");
            String page = dom("http://localhost:" + port + "/");
            assertThat(page).contains("4 entries, 1 running").contains("&lt;img src=x")
                    .contains("<title>pidone cron</title>").doesNotContain("<img")
                    .containsPattern("ticker.*in \\d+ s").contains("running for ")
                    .containsPattern("(?s)broken.*class=\"failure\">failure<").contains("<rect class=\"success\"");
        }
    }

    @Test
    void shouldShowTenThousandEntriesPageByPage() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lines.add("PIDONE_NAME=job-" + i);
            lines.add(i % 60 + " " + i % 24 + " * * * true");
        }
        lines.add("@reboot echo up");
        crontab(lines.toArray(String[]::new));
        int port = freePort();
        try (Container container = cron("--listen", Integer.toString(port)).start()) {
            container.awaitOutput("stdout: up");
            String page = dom("http://localhost:" + port + "/");
            assertThat(page).contains("10001 entries").contains("1 to 50 of 10001").contains("job-49")
                    .doesNotContain("job-50");
            assertThat(body(port, "/status.json?filter=job-777&limit=3")).contains("\"matching\":11")
                    .contains("job-7770");
            assertThat(body(port, "/metrics").lines().filter(line ->
                    line.startsWith("pidone_cron_next_fire_timestamp_seconds{"))).hasSize(10_000);
        }
    }

    private static String dom(String url) {
        Outcome outcome = Container.command("timeout", "60", CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
                "--virtual-time-budget=3000", "--dump-dom", url);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout();
    }

    @Test
    void shouldReadTheCrontabAgainWhenAConfigMapIsSwapped() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..first"));
        Path second = Files.createDirectory(directory.resolve("..second"));
        Files.writeString(first.resolve("jobs"), "* * * * * * * echo first\n");
        Files.writeString(second.resolve("jobs"), "* * * * * * * echo second\n");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(directory.resolve("jobs"), Path.of("..data/jobs"));
        try (Container container = cron("--watch").start()) {
            container.awaitOutput("stdout: first");
            Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..second"));
            Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE);
            container.awaitOutput("stdout: second");
            Files.writeString(second.resolve("jobs"), "* * * * * * * echo third\n* * * *\n");
            container.awaitOutput("jobs:2", "the earlier one stays");
            Files.writeString(second.resolve("jobs"), "* * * * * * * echo fourth\n");
            container.awaitOutput("stdout: fourth");
            assertThat(container.lines()).noneMatch(line -> line.contains("third"));
        }
    }
}
