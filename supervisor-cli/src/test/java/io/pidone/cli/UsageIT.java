package io.pidone.cli;

import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** The command line of pidone itself. */
class UsageIT {

    private static final List<String> OPTIONS = List.of("--forward", "--rewrite", "--delay", "--grace-period",
            "--linger", "--expect-status", "--orphans", "--max-runtime", "--user", "--chdir", "--subreaper",
            "--pdeathsig", "--warn-on-reap", "--json", "--version", "--help");

    /** The wrong option or value, what the message must hold beside it, and the command line. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("--bogus", "--help", "--bogus", "--", "true"),
                mistake("--forward", "tree", "--forward", "nobody", "--", "true"),
                mistake("nobody", "session", "--forward=nobody", "--", "true"),
                mistake("--rewrite", "FROM:TO", "--rewrite", "TERM", "--", "true"),
                mistake("--rewrite", "FOO", "--rewrite", "TERM:FOO", "--", "true"),
                mistake("--rewrite", "99", "--rewrite", "99:1", "--", "true"),
                mistake("--delay", "SIG=DURATION", "--delay", "TERM", "--", "true"),
                mistake("--delay", "FOO", "--delay", "FOO=1s", "--", "true"),
                mistake("--grace-period", "10s|1m30s", "--grace-period", "abc", "--", "true"),
                mistake("--grace-period", "10s|1m30s", "--grace-period", "-1s", "--", "true"),
                mistake("--linger", "5x", "--linger", "5x", "--", "true"),
                mistake("--expect-status", "256", "--expect-status", "256", "--", "true"),
                mistake("--expect-status", "255", "--expect-status", "x", "--", "true"),
                mistake("--orphans", "terminate", "--orphans", "eat", "--", "true"),
                mistake("--max-runtime", "10s|1m30s", "--max-runtime", "", "--", "true"),
                mistake("--pdeathsig", "FOO", "--pdeathsig", "FOO", "--", "true"),
                mistake("--forward", "tree", "--forward"),
                mistake("COMMAND", "COMMAND"),
                mistake("COMMAND", "COMMAND", "--"),
                mistake("COMMAND", "COMMAND", "--linger", "1s"));
    }

    private static Arguments mistake(String wrong, String remedy, String... line) {
        return Arguments.of(wrong, remedy, Arrays.asList(line));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldEndWith2AndNameTheRemedyWhenTheCommandLineIsWrong(String wrong, String remedy, List<String> line) {
        Outcome outcome = pidone(line.toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains(wrong).containsPattern(remedy);
        assertThat(outcome.stdout()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PIDONE_FORWARD,nobody", "PIDONE_LINGER,5x", "PIDONE_REWRITE,TERM:FOO", "PIDONE_ORPHANS,eat",
        "PIDONE_EXPECT_STATUS,256", "PIDONE_GRACE_PERIOD,x", "PIDONE_MAX_RUNTIME,x", "PIDONE_DELAY,TERM",
        "PIDONE_PDEATHSIG,FOO"})
    void shouldEndWith2AndNameTheVariableWhenTheEnvironmentIsWrong(String name, String value) {
        Outcome outcome = Launch.of(Init.pidone(), "true").environment(name, value).run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains(name).contains(value.substring(value.indexOf(':') + 1));
    }

    @Test
    void shouldPreferTheOptionWhenTheEnvironmentSaysOtherwise() {
        Outcome outcome = Launch.of(Init.pidone("--expect-status", "7"), "sh", "-c", "exit 7")
                .environment("PIDONE_EXPECT_STATUS", "8").run();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void shouldNameEveryOptionAndExitCodeWhenAskedForHelp() {
        Outcome outcome = pidone("--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).contains(OPTIONS).contains("124", "126", "127", "128", "PIDONE_");
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void shouldNameItsVersionWhenAskedForIt() {
        Outcome outcome = pidone("--version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).matches("pidone \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(outcome.stderr()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "-- echo", "init echo", "init -- echo", "--linger 1s echo",
        "init --linger=1s -- echo"})
    void shouldLeaveTheCommandsOptionsToTheCommandWhenWrittenLikeThis(String start) {
        String[] line = (start + " --version -v -- x").split(" ");
        assertThat(pidone(line)).isEqualTo(new Outcome(0, "--version -v -- x\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "cron", "tini", "dumb-init", "--help"})
    void shouldRunACommandNamedLikeOneOfItsOwnWhenItStandsAfterTheDashes(String name, @TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\necho mine \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        Outcome outcome = Launch.of(Init.pidone(), name, "x").environment("PATH", directory + ":/usr/bin:/bin").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "mine x\n", ""));
    }

    @Test
    void shouldTellOfItsStepsWhenAskedTo() {
        Outcome quiet = pidone("--", "true");
        Outcome verbose = pidone("-v", "--", "true");
        assertThat(quiet).isEqualTo(new Outcome(0, "", ""));
        assertThat(verbose.stderr()).isNotEmpty();
        assertThat(verbose.exitCode()).isZero();
        assertThat(verbose.stdout()).isEmpty();
    }

    @Test
    void shouldWriteOneObjectALineWhenAskedForJson() {
        Outcome outcome = pidone("-v", "--json", "--", "sh", "-c", "exit 3");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stderr().lines()).isNotEmpty().allMatch(line -> line.matches("\\{\".*\"event\":\".*}"))
                .anyMatch(line -> line.contains("\"child_spawned\""))
                .anyMatch(line -> line.contains("\"child_reaped\"") && line.contains("\"exit_code\":3"));
    }

    private static Outcome pidone(String... line) {
        return Launch.of(new Init("pidone", List.of(Init.launcher().toString())), line).run();
    }
}
