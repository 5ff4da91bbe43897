package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code pidone cron --listen} from outside. */
class CronListenIT {

    private static final int HUP = 1;
    private static final int TERM = 15;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final Pattern ADDRESS = Pattern.compile("listening on (http://[0-9.:\\[\\]]+/)");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private Launch cron(String... words) {
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron")), words).in(directory);
    }

    private void crontab(String... lines) throws IOException {
        Files.write(directory.resolve("jobs"), List.of(lines));
    }

    private static String address(Container container) {
        container.awaitError("listening on ");
        Matcher found = ADDRESS.matcher(String.join("\n", container.errors()));
        return found.find() ? found.group(1) : "";
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private boolean tells(String address, String line) throws IOException, InterruptedException {
        return get(address + "metrics").body().lines().anyMatch(line::equals);
    }

    @Test
    void shouldTellOfRunsAndReloadsAndBeReadyUntilItStops() throws Exception {
        crontab("PIDONE_NAME=good", "* * * * * * * echo hello", "PIDONE_NAME=bad", "@reboot exit 3",
                "PIDONE_NAME=slow", "@reboot trap '' TERM; echo ready; sleep 1000; sleep 1000");
        try (Container container = cron("--listen", "0", "jobs").start()) {
            String address = address(container);
            assertThat(address).startsWith("http://127.0.0.1:");
            container.awaitOutput("stdout: ready").awaitOutput("stdout: hello");
            assertThat(get(address + "readyz").statusCode()).isEqualTo(OK);
            assertThat(get(address + "healthz").statusCode()).isEqualTo(OK);
            assertThat(get(address).body()).contains("<title>pidone cron</title>");
            Await.until("the failure", () ->
                    tells(address, "pidone_cron_runs_total{entry=\"bad\",outcome=\"failure\"} 1.0"));
            assertThat(get(address + "metrics").body()).contains("pidone_cron_running{entry=\"slow\"} 1.0",
                    "pidone_cron_last_run_exit_code{entry=\"bad\"} 3.0",
                    "pidone_cron_output_bytes_total{channel=\"stdout\",entry=\"slow\"} 5.0",
                    "pidone_cron_next_fire_timestamp_seconds{entry=\"good\"}", "process_open_fds");
            assertThat(get(address + "status.json?entry=slow").body()).contains("\"text\":\"ready\"");

            crontab("PIDONE_NAME=other", "0 0 1 1 * true");
            container.signal(HUP);
            Await.until("the reload", () -> tells(address, "pidone_cron_reloads_total{outcome=\"success\"} 1.0"));
            assertThat(get(address + "metrics").body()).contains("entry=\"other\"").doesNotContain("entry=\"bad\"");
            crontab("61 * * * * true");
            container.signal(HUP);
            Await.until("the refusal", () -> tells(address, "pidone_cron_last_reload_successful 0.0"));

            container.signal(TERM);
            Await.until("not ready", () -> get(address + "readyz").statusCode() == UNAVAILABLE);
            assertThat(get(address + "healthz").statusCode()).isEqualTo(OK);
        }
    }

    /** A log that nobody reads fills its pipe, and then everything that waits for it stands still. */
    @Test
    void shouldGoOnTellingWhileNobodyReadsTheLog() throws Exception {
        crontab("PIDONE_NAME=flood", "@reboot exec yes", "PIDONE_NAME=good", "* * * * * * * true");
        Files.writeString(directory.resolve("start"), "mkfifo log; exec 3<>log; exec \"$@\" >log 2>log");
        String port = String.valueOf(freePort());
        String address = "http://127.0.0.1:" + port + "/";
        try (Container container = cron("--listen", port, "jobs").wrappedIn("sh", "./start").start()) {
            Await.until("it listens", () -> listens(address));
            Await.until("three runs", () ->
                    tells(address, "pidone_cron_runs_total{entry=\"good\",outcome=\"success\"} 3.0"));
            assertThat(get(address + "healthz").statusCode()).isEqualTo(OK);
            assertThat(container.alive()).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private boolean listens(String address) throws InterruptedException {
        try {
            return get(address + "healthz").statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldSayThatTheAddressIsInUseBeforeAnythingIsStarted() throws IOException {
        crontab("@reboot echo started");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Outcome outcome = cron("--listen", "127.0.0.1:" + taken.getLocalPort(), "jobs").run();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.stderr()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()
                    + ": Address already in use").hasLineCount(1);
            assertThat(outcome.lines()).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsNoAddress() throws IOException {
        crontab("@reboot echo started");
        Outcome outcome = cron("--listen", "localhost:http", "jobs").run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("no address").hasLineCount(1);
        Outcome unknown = cron("--listen", "no.such.host.invalid:9746", "jobs").run();
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.stderr()).contains("cannot listen on no.such.host.invalid:9746").hasLineCount(1);
    }

    @Test
    void shouldListenOnOtherAddressesWhenTold() throws Exception {
        crontab("0 0 1 1 * true");
        try (Container container = cron("--listen", "[::1]:0", "jobs").start()) {
            String address = address(container);
            assertThat(address).startsWith("http://[0:0:0:0:0:0:0:1]:");
            assertThat(get(address + "healthz").statusCode()).isEqualTo(OK);
        }
    }
}
