package io.pidone.cli;

import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code pidone cron} as the distribution has it. */
class CronCommandIT {

    private static final Set<String> CRON_ONLY = Set.of("picocli.jar", "pidone-cron.jar", "jackson-core.jar");

    @TempDir
    private Path directory;

    private Launch cron(String... words) {
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron")), words).in(directory);
    }

    private void crontab(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldPrintTheNextFireTimesOfAnExpressionAroundAChangeOfTheClock() {
        Outcome outcome = cron("next", "-n", "3", "--from", "2026-03-28T00:00:00+01:00", "--timezone", "Europe/Berlin",
                "--expression", "30 2 * * *").run();
        assertThat(outcome).isEqualTo(new Outcome(0, """
                2026-03-28T02:30:00+01:00
                2026-03-29T03:00:00+02:00
                2026-03-30T02:30:00+02:00
                """, ""));
    }

    @Test
    void shouldTakeTheZoneOfTheEnvironmentWhenNoneIsGiven() {
        Outcome outcome = cron("next", "--from", "2026-06-30T23:30:00Z", "--expression", "@daily")
                .environment("TZ", "Asia/Tokyo").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "2026-07-02T00:00:00+09:00\n", ""));
    }

    @Test
    void shouldPrintTheNextFireTimeOfEachEntryWithItsName() throws IOException {
        crontab("jobs", "PIDONE_NAME=sauvegarde-été\n0 3 * * * true\n*/5 * * * * true\n");
        Outcome outcome = cron("next", "--from", "2026-06-01T00:00:00Z", "--timezone", "UTC", "jobs").run();
        assertThat(outcome).isEqualTo(new Outcome(0,
                "2026-06-01T00:05:00Z\tjobs:3\n" + bytes("2026-06-01T03:00:00Z\tsauvegarde-été\n"), ""));
    }

    @Test
    void shouldAnswerALineWithALine() {
        String questions = "UTC\t2026-01-01T00:00:00Z\t@daily\n"
                + "Europe/Berlin\t2026-10-25T00:30:00Z\t*/15 2 * * *\n"
                + "UTC\t2026-01-01T00:00:00Z\t0 0 30 2 *\n"
                + "\n"
                + "Mars/Crater\t2026-01-01T00:00:00Z\t@daily\n"
                + "UTC\t2026-01-01T00:00:00Z\t* * * * été\n"
                + "America/New_York\t2026-01-01T00:00:00Z\t0 12 * * MON";
        try (Container container = cron("next", "--stdin").start()) {
            Outcome outcome = container.type(questions.getBytes(StandardCharsets.UTF_8)).awaitExit();
            List<String> answers = outcome.lines();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr()).isEmpty();
            assertThat(answers).hasSize(7);
            assertThat(answers.subList(0, 3)).containsExactly("2026-01-02T00:00:00Z", "2026-10-25T02:45:00+02:00",
                    "none");
            assertThat(answers.subList(3, 6)).allMatch(answer -> answer.startsWith("error: "));
            assertThat(answers.get(4)).contains("Mars/Crater");
            assertThat(answers.get(5)).contains("day-of-week").contains(bytes("été"));
            assertThat(answers.get(6)).isEqualTo("2026-01-05T12:00:00-05:00");
        }
    }

    @Test
    void shouldAnswerBeforeTheInputEndsAndEndAtASignal() {
        String script = "mkfifo questions && { { printf 'UTC\\t2026-01-01T00:00:00Z\\t@daily\\n'; exec sleep 60; } "
                + ">questions & } && exec \"$@\" <questions";
        try (Container container = cron("next", "--stdin").wrappedInShell(script).start()) {
            container.awaitLine("2026-01-02T00:00:00Z").signal(15);
            assertThat(container.awaitExit().exitCode()).isEqualTo(128 + 15);
        }
    }

    @Test
    void shouldEndWith0WhenCrontabsHaveNoErrors() throws IOException {
        crontab("first", "SHELL=/bin/bash\n*/5 * * * * true\n");
        crontab("second", "0 0 31 2 * true\n@hourly true\n");
        Outcome outcome = cron("check", "first", "second").run();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).isEqualTo("3 entries, no errors\n");
        assertThat(outcome.stderr()).startsWith("second:1:1: warning: the entry never fires").hasLineCount(1);
    }

    @Test
    void shouldEndWith1AndSayEveryErrorOfAllCrontabs() throws IOException {
        crontab("first", "\n  61 * * * * root true\n* * * * *\n");
        crontab("second", "* * * * * root true\n* * * * * root\nPIDONE_NAME=a\n");
        Outcome outcome = cron("check", "--user-column", "first", "second", "missing").run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        List<String> errors = outcome.stderr().lines().toList();
        assertThat(errors).hasSize(5);
        assertThat(errors.get(0)).startsWith("first:2:3: minute field: '61'");
        assertThat(errors.get(1)).startsWith("first:3:10: ");
        assertThat(errors.get(2)).startsWith("second:2:15: ");
        assertThat(errors.get(3)).isEqualTo("missing: cannot be read: no such file or directory");
        assertThat(errors.get(4)).startsWith("second:3: warning: ");
    }

    @ParameterizedTest
    @CsvSource({
        "next --bogus -e @daily, --bogus, --timezone",
        "next -n none -e @daily, --count, 'from 1'",
        "next --from noon -e @daily, --from, 2026-03-29T00:30:00Z",
        "next --timezone Mars -e @daily, --timezone, Europe/Berlin",
        "check --dialect vixie jobs, --dialect, cronie",
        "next, --expression, --stdin",
        "check, CRONTAB, --help",
        "--json, CRONTAB, pidone cron --help",
        "--retry often jobs, --retry, '3,10s'",
        "--overlap queue next jobs, --overlap, after it",
        "run jobs, NAME, --help"})
    void shouldEndWith2AndNameTheOptionAndTheRemedy(String line, String option, String remedy) {
        Outcome outcome = cron(line.split(" ")).run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains(option).contains(remedy).hasLineCount(1);
        assertThat(outcome.stdout()).isEmpty();
    }

    @Test
    void shouldSayClearlyThatACrontabIsTooBig() throws IOException {
        crontab("big", "0 0 * * * true\n".repeat(1_000_000));
        crontab("bigger", "# a line of a comment\n".repeat(1_000_000));
        for (String file : List.of("big", "bigger")) {
            Outcome outcome = cron("check", file).run();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.stderr()).containsPattern("memory|too big").hasLineCount(1);
        }
    }

    @Test
    void shouldReadACrontabOfTenThousandEntries() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            text.append("PIDONE_NAME=job-").append(i).append('\n').append(i % 60)
                    .append(" 1-5,8 * * MON-FRI /usr/bin/something --number ").append(i).append(" >/dev/null 2>&1\n");
        }
        crontab("many", text.toString());
        Outcome outcome = cron("next", "-n", "2", "many").run();
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.lines()).hasSize(20_000).isSortedAccordingTo((a, b) ->
                a.substring(0, 20).compareTo(b.substring(0, 20)));
    }

    @Test
    void shouldRunCommandsWithoutTheLibrariesThatOnlyCronNeeds() throws IOException {
        Path lean = directory.resolve("lean");
        Path whole = Init.launcher().getParent().getParent();
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!CRON_ONLY.contains(name)) {
                    Files.copy(file, lean.resolve(whole.relativize(file).toString()));
                }
            }
        }
        Path launcher = lean.resolve("bin/pidone");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Outcome outcome = Launch.of(Init.of("pidone", launcher.toString()), "echo", "started").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "started\n", ""));
    }
}
