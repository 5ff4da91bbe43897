package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Ingest;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** pidone under the name of supercronic does what supercronic's own integration tests ask for, and what it promises. */
class SupercronicIT {

    private static final int HUP = 1;
    private static final int USR2 = 12;
    private static final int TERM = 15;
    private static final String EVERY_SECOND = "* * * * * * * ";
    private static final String TEXT = "time=\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\" level=";

    @TempDir
    private Path directory;

    private Launch supercronic(String... words) {
        return Launch.of(new Init("supercronic", List.of(Init.launcher().toString(), "supercronic")), words)
                .environment("TZ", "UTC").in(directory);
    }

    private void crontab(String... lines) throws IOException {
        Files.write(directory.resolve("jobs"), List.of(lines));
    }

    private static long count(Container container, String part) {
        return container.errors().stream().filter(line -> line.contains(part)).count();
    }

    private static List<String> matching(Outcome outcome, String pattern) {
        return outcome.stderr().lines().filter(Pattern.compile(pattern).asPredicate()).toList();
    }

    private static Outcome stop(Container container) {
        return container.signal(TERM).awaitExit();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStartAndEndWith0(boolean pidOne) throws IOException {
        crontab("# nothing");
        Launch launch = supercronic("jobs");
        try (Container container = (pidOne ? launch : launch.notPidOne()).start()) {
            Outcome outcome = stop(container.awaitError("read crontab"));
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stdout()).isEmpty();
            assertThat(outcome.stderr().lines().map(line -> line.replaceFirst("^time=\\S+ ", ""))).containsExactly(
                    pidOne ? "level=info msg=\"reaping dead processes\""
                            : "level=warning msg=\"process reaping disabled, not pid 1\"",
                    "level=info msg=\"read crontab: jobs\"",
                    "level=info msg=\"received terminated, shutting down\"",
                    "level=info msg=\"waiting for jobs to finish\"",
                    "level=info msg=exiting");
        }
    }

    @Test
    void shouldRunAJobAgainAndAgain() throws IOException {
        crontab(EVERY_SECOND + "echo \"hello from crontab\"; exit 3");
        try (Container container = supercronic("jobs").start()) {
            Await.until("three runs", () -> count(container, "hello from crontab\" channel=stdout") >= 3);
            Outcome outcome = stop(container);
            String fields = " iteration=1 job\\.command=\"echo \\\\\"hello from crontab\\\\\"; exit 3\" "
                    + "job\\.position=0 job\\.schedule=\"\\* \\* \\* \\* \\* \\* \\*\"";
            assertThat(matching(outcome, " iteration=1 ")).satisfiesExactly(
                            line -> assertThat(line).matches(TEXT + "info msg=starting" + fields),
                            line -> assertThat(line).matches(TEXT + "info msg=\"hello from crontab\" channel=stdout"
                                    + fields),
                            line -> assertThat(line).matches(TEXT + "error msg=\"error running command: exit status "
                                    + "3\"" + fields));
        }
    }

    @Test
    void shouldPassTheEnvironmentThroughAndLetTheCrontabOverrideIt() throws IOException {
        crontab(EVERY_SECOND + "echo \"$VAR $OTHER $LATE\"", "OTHER=\"from crontab\"", "LATE=too", "EMPTY=");
        try (Container container = supercronic("jobs").environment("VAR", "from outside")
                .environment("OTHER", "overridden").start()) {
            container.awaitError("msg=\"from outside from crontab too\" channel=stdout");
        }
    }

    @Test
    void shouldTellWhatVariablesMean() throws IOException {
        crontab("USER=foo", "SHELL=/bin/bash", "CRON_TZ=Asia/Tokyo", EVERY_SECOND + "echo $BASH");
        try (Container container = supercronic("jobs").start()) {
            container.awaitError("level=warning msg=\"processes will NOT be spawned as USER=foo\"")
                    .awaitError("level=info msg=\"processes will be spawned using shell: /bin/bash\"")
                    .awaitError("level=info msg=\"processes will be spawned using TZ: Asia/Tokyo\"")
                    .awaitError("msg=/bin/bash channel=stdout");
        }
    }

    @Test
    void shouldWarnOfARunThatLastsTooLongAlsoWhileItStops() throws IOException {
        crontab(EVERY_SECOND + "sleep 2");
        try (Container container = supercronic("jobs").start()) {
            Outcome outcome = stop(container.awaitError("msg=starting"));
            assertThat(outcome.exitCode()).isZero();
            String since = TEXT + "warning msg=\"not starting: job is still running since "
                    + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+0000 UTC ";
            assertThat(matching(outcome, "job is still running")).hasSize(2).satisfiesExactly(
                    line -> assertThat(line).containsPattern(since + "\\(1s elapsed\\)\" iteration=0 job.command="),
                    line -> assertThat(line).containsPattern(since + "\\(2s elapsed\\)\" iteration=0 job.command="));
            assertThat(matching(outcome, "job took too long to run: it should have started 1\\.\\d+s ago\" "
                    + "job\\.command=\"sleep 2\"")).hasSize(1);
            assertThat(matching(outcome, "msg=starting")).hasSize(1);
        }
    }

    @Test
    void shouldRunJobsOverlappingWhenAskedTo() throws IOException {
        crontab(EVERY_SECOND + "sleep 3");
        try (Container container = supercronic("-overlapping", "jobs").start()) {
            container.awaitError("overlapping jobs: job is still running since")
                    .awaitError("msg=starting iteration=2 ");
            assertThat(count(container, "not starting")).isZero();
        }
    }

    @Test
    void shouldExplainItsReadingWhenItDebugs() throws IOException {
        crontab("  */5 * * * * poetry run it");
        try (Container container = supercronic("-debug", "jobs").start()) {
            Outcome outcome = stop(container.awaitError("job will run next at 20"));
            assertThat(matching(outcome, "level=debug")).satisfiesExactly(
                    line -> assertThat(line).endsWith("\"try parse (7 fields): '*/5 * * * * poetry run'\""),
                    line -> assertThat(line)
                            .contains("\"failed to parse (7 fields): '*/5 * * * * poetry run': failed: "),
                    line -> assertThat(line).endsWith("\"try parse (6 fields): '*/5 * * * * poetry'\""),
                    line -> assertThat(line).contains("\"failed to parse (6 fields): '*/5 * * * * poetry': failed: "),
                    line -> assertThat(line).endsWith("\"try parse (5 fields): '*/5 * * * *'\""),
                    line -> assertThat(line).endsWith(" UTC\" job.command=\"poetry run it\" job.position=0 "
                            + "job.schedule=\"*/5 * * * *\""),
                    line -> assertThat(line).contains("msg=\"shutting down\" job.command=\"poetry run it\""));
        }
    }

    @Test
    void shouldLogJson() throws IOException {
        crontab(EVERY_SECOND + "echo '<x>' >&2");
        try (Container container = supercronic("-json", "jobs").start()) {
            container.awaitError("{\"channel\":\"stderr\",\"iteration\":0,\"job.command\":\"echo '\\u003cx\\u003e' "
                    + "\\u003e\\u00262\",\"job.position\":0,\"job.schedule\":\"* * * * * * *\",\"level\":\"info\","
                    + "\"msg\":\"\\u003cx\\u003e\",\"time\":\"20");
        }
    }

    @Test
    void shouldPassOutputThroughWhenAskedTo() throws IOException {
        crontab(EVERY_SECOND + "echo \"hello from crontab\"; echo raw >&2");
        try (Container container = supercronic("-passthrough-logs", "jobs").start()) {
            container.awaitLine("hello from crontab").awaitError("\nraw\n");
            assertThat(count(container, "channel=")).isZero();
        }
    }

    @Test
    void shouldSplitByLevelWhenAskedTo() throws IOException {
        crontab(EVERY_SECOND + "echo out; exit 1");
        try (Container container = supercronic("-split-logs", "jobs").start()) {
            container.awaitError("exit status 1");
            Outcome outcome = stop(container);
            assertThat(outcome.stderr().lines()).isNotEmpty().allMatch(line -> line.contains(" level=error "));
            assertThat(outcome.lines()).anyMatch(line -> line.contains("msg=out channel=stdout"))
                    .allMatch(line -> line.contains(" level=info "));
        }
    }

    @Test
    void shouldSayOnlyWhatMattersWhenItIsQuiet() throws IOException {
        crontab(EVERY_SECOND + "echo out; exit 1");
        try (Container container = supercronic("-quiet", "-debug", "jobs").start()) {
            Outcome outcome = stop(container.awaitError("exit status 1"));
            assertThat(outcome.stderr().lines()).allMatch(line -> line.contains(" level=error "));
        }
    }

    @ParameterizedTest
    @CsvSource({"15, terminated", "2, interrupt", "3, quit"})
    void shouldWaitForJobsWhichAreNotSignalled(int signal, String name) throws IOException {
        crontab(EVERY_SECOND + "trap 'echo signalled' TERM INT QUIT; echo will start; sleep 1; echo all done");
        try (Container container = supercronic("jobs").start()) {
            container.awaitError("will start").signal(signal);
            Outcome outcome = container.awaitExit();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr()).contains("received " + name + ", shutting down", "all done")
                    .doesNotContain("msg=signalled");
            assertThat(outcome.stderr().indexOf("all done")).isLessThan(outcome.stderr().indexOf("job succeeded"));
        }
    }

    @Test
    void shouldTestACrontab() throws IOException {
        crontab("# nothing");
        Outcome outcome = supercronic("-test", "jobs").notPidOne().run();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).endsWith("level=info msg=\"crontab is valid\"\n");
        assertThat(supercronic("-quiet", "-test", "jobs").run()).isEqualTo(new Outcome(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-test", "-debug"})
    void shouldEndWith1WhenACrontabIsBad(String flag) throws IOException {
        crontab("@hourly true", " 61 * * * * \"x\"", "* * * *");
        Outcome outcome = supercronic(flag, "jobs").run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("level=error msg=\"jobs:2:2: ", "level=error msg=\"jobs:3:1: ")
                .endsWith("level=fatal msg=\"bad crontab line: '61 * * * * \\\"x\\\"' (use -debug for details)\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "missing | open missing: no such file or directory", ". | read .: is a directory",
        "zone | unknown time zone Foo/Bar"})
    void shouldEndWith1WhenThereIsNoUsableCrontab(String file, String message) throws IOException {
        Files.writeString(directory.resolve("zone"), "CRON_TZ=\"Foo/Bar\"\n");
        Outcome outcome = supercronic(file).run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).endsWith("level=fatal msg=\"" + message + "\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-prometheus-listen-address=x:y:z jobs | prometheus http startup failed: ",
        "-prometheus-listen-address=127.0.0.1:99999 -test jobs | prometheus http startup failed: invalid address",
        "-sentry-dsn http://nowhere jobs | Could not init sentry logger: Invalid DSN",
        "-inotify missing | no such file or directory"})
    void shouldEndWith1WhenAFlagCannotBeHeeded(String words, String message) throws IOException {
        crontab("# nothing");
        Outcome outcome = supercronic(words.split(" ")).run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr().lines().reduce((a, b) -> b)).hasValueSatisfying(
                last -> assertThat(last).contains("level=fatal msg=\"" + message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-version | 0 | v0.2.48 | ''", "--version x y | 0 | v0.2.48 | ''",
        "-help | 0 | '' | Usage of supercronic:", "-foo | 2 | '' | flag provided but not defined: -foo",
        "-debug=x jobs | 2 | '' | invalid boolean value \"x\" for -debug: parse error",
        "-debug | 2 | '' | Usage: supercronic [OPTIONS] CRONTAB",
        "a b | 2 | '' | Usage: supercronic [OPTIONS] CRONTAB"})
    void shouldAnswerFlagsAsGoDoes(String words, int code, String out, String err) {
        Outcome outcome = supercronic(words.split(" ")).run();
        assertThat(outcome.exitCode()).isEqualTo(code);
        assertThat(outcome.stdout().strip()).isEqualTo(out);
        assertThat(outcome.stderr().lines().findFirst().orElse("")).isEqualTo(err);
    }

    @Test
    void shouldReapZombiesWhenItIsPidOne() throws IOException {
        crontab(EVERY_SECOND + "(/bin/sh -c 'exit 3' & exec /bin/sleep 0.2) & exec /bin/sleep 0");
        try (Container container = supercronic("-quiet", "jobs").start()) {
            container.awaitError("level=warning msg=\"reaper cleanup: pid=");
            Await.until("no zombie", () -> container.zombies() == 0);
            Outcome outcome = stop(container);
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr().lines()).allMatch(
                    line -> line.matches(TEXT + "warning msg=\"reaper cleanup: pid=\\d+, wstatus=\\d+\""));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTellOfZombiesWhenItIsNotToReap(boolean pidOne) throws IOException {
        crontab(EVERY_SECOND + "/bin/sleep 0.1 & exec /bin/sleep 0");
        Launch launch = supercronic("-no-reap", "jobs");
        try (Container container = (pidOne ? launch : launch.notPidOne()).start()) {
            Outcome outcome = stop(container.awaitError("job succeeded\" iteration=1 "));
            assertThat(outcome.stderr()).doesNotContain("reap");
        }
    }

    @Test
    void shouldGetTheStatusOfEachJobWhenItIsPidOne() throws IOException {
        crontab(EVERY_SECOND + "exit 1", EVERY_SECOND + "exit 2", EVERY_SECOND + "kill -KILL $$",
                EVERY_SECOND + "true");
        try (Container container = supercronic("jobs").start()) {
            container.awaitError("iteration=2 ");
            Outcome outcome = stop(container);
            for (int iteration = 0; iteration < 2; iteration++) {
                String of = "\" iteration=" + iteration + " ";
                assertThat(outcome.stderr()).contains("exit status 1" + of, "exit status 2" + of,
                        "signal: killed" + of, "job succeeded" + of);
            }
        }
    }

    @Test
    void shouldBeFoundThroughThePathWhereverItIsStarted(@TempDir Path bin) throws IOException {
        Files.createSymbolicLink(bin.resolve("supercronic"), Init.launcher());
        crontab(EVERY_SECOND + "echo 1");
        Launch launch = Launch.of(new Init("supercronic", List.of("supercronic")), directory.resolve("jobs").toString())
                .environment("PATH", bin + ":/usr/bin:/bin");
        try (Container container = launch.start()) {
            Outcome outcome = stop(container.awaitError("msg=1 channel=stdout"));
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr()).doesNotContain("failed", "no such file or directory");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {USR2, HUP})
    void shouldReadTheCrontabAgainWithoutAWaitForJobs(int signal) throws IOException {
        crontab(EVERY_SECOND + "echo a; sleep 1000");
        try (Container container = supercronic("jobs").start()) {
            container.awaitError("msg=a");
            crontab(EVERY_SECOND + "echo b");
            container.signal(signal).awaitError("received " + (signal == HUP ? "hangup" : "user defined signal 2")
                    + ", reloading crontab").awaitError("msg=b");
            crontab("nonsense");
            container.signal(signal)
                    .awaitError("level=error msg=\"the changed crontab is not used, the earlier one stays");
            long before = count(container, "msg=b");
            Await.until("the earlier one runs", () -> count(container, "msg=b") > before + 1);
            assertThat(count(container, "msg=a ")).isEqualTo(1);
            assertThat(count(container, "read crontab: jobs")).isEqualTo(3);
        }
    }

    @Test
    void shouldNoticeThatTheCrontabWasWritten() throws IOException {
        crontab(EVERY_SECOND + "echo a");
        try (Container container = supercronic("-inotify", "jobs").start()) {
            container.awaitError("using inotify to detect crontab file changes")
                    .awaitError("adding file watch for 'jobs'").awaitError("msg=a");
            crontab(EVERY_SECOND + "echo b");
            container.awaitError("msg=b");
        }
    }

    @Test
    void shouldNoticeThatALinkWasReplacedAsKubernetesDoes() throws IOException {
        Path old = Files.createDirectory(directory.resolve("old"));
        Path fresh = Files.createDirectory(directory.resolve("fresh"));
        Files.writeString(old.resolve("jobs"), EVERY_SECOND + "echo a\n");
        Files.writeString(fresh.resolve("jobs"), EVERY_SECOND + "echo b\n");
        Files.createSymbolicLink(directory.resolve("jobs"), old.resolve("jobs"));
        try (Container container = supercronic("-inotify", "jobs").start()) {
            container.awaitError("msg=a");
            Path link = Files.createSymbolicLink(directory.resolve("next"), fresh.resolve("jobs"));
            Files.move(link, directory.resolve("jobs"), StandardCopyOption.REPLACE_EXISTING);
            Files.delete(old.resolve("jobs"));
            Files.delete(old);
            container.awaitError("msg=b");
        }
    }

    @Test
    void shouldListenForPrometheusAndEndWith0() throws Exception {
        crontab(EVERY_SECOND + "true");
        int port = freePort();
        try (Container container = supercronic("-prometheus-listen-address", "127.0.0.1:" + port, "jobs").start()) {
            container.awaitError("job succeeded");
            HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/metrics")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).contains("# TYPE supercronic_executions counter",
                    "supercronic_successful_executions{command=\"true\",position=\"0\",schedule=\"* * * * * * *\"}");
            assertThat(stop(container).exitCode()).isZero();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shouldReportFailuresToSentry() throws IOException {
        crontab(EVERY_SECOND + "exit 3", "SHELL=/bin/sh");
        try (Ingest ingest = Ingest.open(); Container container = supercronic("jobs")
                .environment("SENTRY_DSN", ingest.dsn()).environment("SENTRY_RELEASE", "7").start()) {
            Await.until("an event", () -> !ingest.envelopes().isEmpty());
            assertThat(ingest.envelopes().get(0)).contains("error running command: exit status 3",
                    "\"job.command\":\"exit 3\"", "\"release\":\"7\"", "\"level\":\"error\"");
            assertThat(stop(container).exitCode()).isZero();
        }
    }

    @Test
    void shouldReportABadCrontabToSentryBeforeItEnds() throws IOException {
        crontab("nonsense");
        try (Ingest ingest = Ingest.open()) {
            assertThat(supercronic("-sentry-dsn", ingest.dsn(), "jobs").run().exitCode()).isEqualTo(1);
            assertThat(ingest.envelopes()).anyMatch(text -> text.contains("\"level\":\"fatal\"")
                    && text.contains("bad crontab line: 'nonsense'"));
        }
    }

    /** Where supercronic panics, spins, or takes a run for one that goes on. */
    @Test
    void shouldNotHaveItsDefects() throws IOException {
        crontab("FOO=", "0 0 1 1 * 1999 echo past", "* * * * * * 2099 echo future",
                EVERY_SECOND + "sleep 1000 & echo on");
        try (Container container = supercronic("jobs").start()) {
            container.awaitError("job succeeded\" iteration=2 ");
            assertThat(container.errors()).hasSizeLessThan(60);
            Outcome outcome = container.signal(TERM).awaitExit(Duration.ofSeconds(5));
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void shouldCutLinesAt64KiB() throws IOException {
        crontab(EVERY_SECOND + "perl -e 'print \"a\" x (65536 * 2), \"b\\n\"'");
        try (Container container = supercronic("jobs").start()) {
            container.awaitError("msg=b channel=stdout");
            Outcome outcome = stop(container);
            assertThat(matching(outcome, " iteration=0 ").stream().map(line -> line.replaceFirst("^time=\\S+ ", "")
                    .replaceFirst(" channel.*", ""))).containsSequence(
                    "level=info msg=" + "a".repeat(65536),
                    "level=warning msg=\"last line exceeded buffer size, continuing...\"",
                    "level=info msg=" + "a".repeat(65536),
                    "level=warning msg=\"last line exceeded buffer size, continuing...\"",
                    "level=info msg=b");
        }
    }

    @Test
    void shouldBeColourfulOnATerminal() throws IOException {
        crontab(EVERY_SECOND + "echo hello");
        try (Terminal terminal = Terminal.open(supercronic("jobs"))) {
            terminal.await("\u001b[36mINFO\u001b[0m[20").await("Z] hello                                         "
                    + "\u001b[36mchannel\u001b[0m=stdout \u001b[36miteration\u001b[0m=0 ");
        }
    }
}
