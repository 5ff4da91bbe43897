package io.pidone.cli;

import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Parallel;
import io.pidone.cli.testing.Peer;
import io.pidone.cli.testing.Script;
import io.pidone.cli.testing.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** pidone under the name of tini does what the installed tini does. */
class TiniIT {

    private static final Peer TINI = new Peer("tini");

    static Stream<List<String>> lines() {
        String orphan = "(sh -c 'sleep 0.1' &); sleep 0.3; exit 4";
        return Stream.of(
                List.of(), List.of("--"), List.of("-h"), List.of("--version"),
                List.of("--version", "true"), List.of("-Z"), List.of("-Z", "--", "true"), List.of("--bogus"),
                List.of("-p"), List.of("-p", "FOO", "--", "true"), List.of("-p", "TERM", "--", "true"),
                List.of("-p", "15", "--", "true"), List.of("-p", "SIGKILL", "--", "true"),
                List.of("-pSIGTERM", "true"), List.of("-e"), List.of("-e", "256", "--", "true"),
                List.of("-e", "-1", "--", "true"), List.of("-e", "x", "--", "true"), List.of("-e", "", "--", "true"),
                List.of("-e", "3", "--", "sh", "-c", "exit 3"), List.of("-e", "4", "--", "sh", "-c", "exit 3"),
                List.of("-e", "3", "-e", "143", "--", "sh", "-c", "kill -TERM $$"),
                List.of("-e143", "sh", "-c", "kill -TERM $$"), List.of("-e", "0x10", "--", "true"),
                List.of("sh", "-c", "exit 9"), List.of("--", "sh", "-c", "exit 9"), List.of("-g", "true"),
                List.of("-v", "--", "true"), List.of("-vv", "--", "true"), List.of("-vvv", "--", "true"),
                List.of("-v", "-v", "-v", "-v", "--", "sh", "-c", "echo out; echo err >&2; exit 2"),
                List.of("-vvv", "--", "sh", "-c", "ulimit -c 0; kill -KILL $$"),
                List.of("-vvv", "-g", "-s", "-w", "--", "true"), List.of("-sgwv", "true"),
                List.of("-w", "--", "sh", "-c", orphan), List.of("-vvv", "-w", "--", "sh", "-c", orphan),
                List.of("--", "/no/such/command"), List.of("--", "/etc/passwd"), List.of("--", "/etc"),
                List.of("true", "-v"), List.of("echo", "-h", "--", "x"),
                List.of("", "x"), List.of("--", "--", "true"), List.of("-"), List.of("-s", "-s", "--", "true"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldDoAsTiniWhenItIsPidOne(List<String> options) {
        assertThat(TINI.actual(options, UnaryOperator.identity()))
                .isEqualTo(TINI.expected(options, UnaryOperator.identity()));
    }

    @ParameterizedTest
    @MethodSource("linesBesidePidOne")
    void shouldDoAsTiniWhenItIsNotPidOne(List<String> options) {
        assertThat(TINI.actual(options, Launch::notPidOne)).isEqualTo(TINI.expected(options, Launch::notPidOne));
    }

    static Stream<List<String>> linesBesidePidOne() {
        return Stream.of(List.of("true"), List.of("-s", "true"), List.of("-v", "true"), List.of("-vvv", "-s", "true"),
                List.of("-h"), List.of("--version"), List.of("/no/such/command"),
                List.of("-s", "-w", "--", "sh", "-c", "(sh -c 'sleep 0.1' &); sleep 0.3; exit 4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "TINI_SUBREAPER=", "TINI_SUBREAPER=1", "TINI_SUBREAPER=no", "TINI_KILL_PROCESS_GROUP=", "TINI_VERBOSITY=0",
        "TINI_VERBOSITY=1", "TINI_VERBOSITY=2", "TINI_VERBOSITY=3", "TINI_VERBOSITY=9", "TINI_VERBOSITY=x",
        "TINI_VERBOSITY=", "TINI_VERBOSITY=-1", "TINI_VERBOSITY=2x", "PIDONE_FORWARD=tree", "PIDONE_LINGER=nonsense"})
    void shouldDoAsTiniWhenTheEnvironmentHolds(String variable) {
        List<String> options = List.of("-v", "--", "sh", "-c", "exit 5");
        UnaryOperator<Launch> prepare = launch -> launch.notPidOne().environment(
                variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        assertThat(TINI.actual(options, prepare)).isEqualTo(TINI.expected(options, prepare));
    }

    /** tini tells of the child that could not execute; pidone's posix_spawn leaves none behind to tell of. */
    @Test
    void shouldNameWhatItCouldNotExecuteWhenItIsVerbose() {
        List<String> options = List.of("-vvv", "--", "/no/such/command");
        Outcome actual = TINI.actual(options, UnaryOperator.identity());
        Outcome expected = TINI.expected(options, UnaryOperator.identity());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
        assertThat(actual.stderr()).isEqualTo(expected.stderr());
    }

    static Stream<Init> groups() {
        return Stream.of(TINI.installed(List.of("-g", "--")), TINI.applet(List.of("-g", "--")));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void shouldReachAGrandchildWhenItSignalsTheGroup(Init init) {
        try (Container container = Launch.of(init, Script.family()).start()) {
            container.awaitLine("ready member").awaitLine("ready leader").signal(10);
            assertThat(container.awaitLine("member 10").awaitLine("leader 10").lines()).doesNotContain("group 10");
        }
    }

    static Stream<Init> plain() {
        return Stream.of(TINI.installed(List.of("--")), TINI.applet(List.of("--")));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void shouldReachAGrandchildWhenTheEnvironmentAsksForTheGroup(Init init) {
        Launch launch = Launch.of(init, Script.family()).environment("TINI_KILL_PROCESS_GROUP", "1");
        try (Container container = launch.start()) {
            container.awaitLine("ready member").awaitLine("ready leader").signal(10);
            assertThat(container.awaitLine("member 10").awaitLine("leader 10").lines()).doesNotContain("group 10");
        }
    }

    @ParameterizedTest
    @MethodSource("plain")
    void shouldAdoptOrphansWhenTheEnvironmentMakesItASubreaper(Init init) {
        Launch launch = Launch.of(init, Script.family()).environment("TINI_SUBREAPER", "").notPidOne();
        try (Container container = launch.start()) {
            container.awaitLine("ready orphan").awaitLine("ready leader");
            assertThat(container.process("orphan").hostParent()).isEqualTo(container.process("leader").hostParent());
        }
    }

    /** tini ends with its child: it neither signals nor awaits the rest. */
    @ParameterizedTest
    @MethodSource("plain")
    void shouldEndAtOnceWithoutASignalWhenTheCommandLeavesAProcessBehind(Init init) {
        Outcome outcome = Launch.of(init, Script.leaves("stubborn", 7)).run();
        assertThat(outcome).isEqualTo(new Outcome(7, "ready left\n", ""));
    }

    @Test
    void shouldMapExactlyTheGivenCodesWhenThereAreMany() {
        Map<Integer, Integer> expected = new LinkedHashMap<>();
        IntStream.of(0, 1, 2, 31, 32, 63, 127, 128, 143, 254, 255).forEach(code -> expected.put(code, code));
        Map<Integer, Integer> seen = Parallel.map(expected.keySet(), code -> {
            List<String> options = new ArrayList<>();
            IntStream.range(0, 256).filter(other -> other != code)
                    .forEach(other -> options.addAll(List.of("-e", Integer.toString(other))));
            options.addAll(List.of("--", "sh", "-c", "exit " + code));
            return Launch.of(TINI.applet(options)).run().exitCode();
        });
        assertThat(seen).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-vvv", "-g", "-s"})
    void shouldDoAsTiniWhenThereIsATerminal(String option) {
        List<String> options = List.of(option, "--", "sh", "-c", "exit 5");
        assertThat(Terminal.run(TINI.applet(options), TINI)).isEqualTo(Terminal.run(TINI.installed(options), TINI));
    }

    @Test
    void shouldShowALicenseWhenAskedForIt() {
        Outcome outcome = Launch.of(TINI.applet(List.of("-l"))).run();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).containsIgnoringCase("license");
        assertThat(outcome.stderr()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tini", "docker-init"})
    void shouldBeTiniWhenItIsStartedUnderItsName(String name, @TempDir Path directory) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve(name), Init.launcher());
        Path peer = Files.createSymbolicLink(Files.createDirectory(directory.resolve("peer")).resolve(name),
                Path.of("/usr/bin/tini"));
        for (List<String> options : List.of(List.of("-h"), List.of("-Z"), List.of("-vv", "--", "sh", "-c", "exit 6"))) {
            Outcome expected = TINI.comparable(Launch.of(TINI.linked(peer.toString(), options)).run());
            Outcome actual = TINI.comparable(Launch.of(TINI.linked(link.toString(), options)).run());
            assertThat(actual).as("%s %s", name, options).isEqualTo(expected);
        }
    }

    @Test
    void shouldBeTiniWhenItIsFoundOnThePath(@TempDir Path directory) throws IOException {
        Files.createSymbolicLink(directory.resolve("tini"), Init.launcher());
        Outcome outcome = Launch.of(new Init("tini", List.of("tini", "-e", "3", "--")), "sh", "-c", "exit 3")
                .environment("PATH", directory + ":/usr/bin:/bin").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    }
}
