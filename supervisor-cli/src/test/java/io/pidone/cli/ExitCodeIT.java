package io.pidone.cli;

import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Parallel;
import io.pidone.cli.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** What the init ends with. */
class ExitCodeIT {

    /** Signals whose default is to do nothing or to stop: they end no process. */
    private static final Set<Integer> HARMLESS = Set.of(17, 18, 19, 20, 21, 22, 23, 28);

    @Test
    void shouldEndWithTheCommandsCodeWhenItExits() {
        Map<Integer, Integer> expected = new LinkedHashMap<>();
        IntStream.range(0, 256).forEach(code -> expected.put(code, code));
        Map<Integer, Integer> seen = Parallel.map(expected.keySet(),
                code -> Launch.of(Init.pidone(), Script.sh("exit " + code)).run().exitCode());
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void shouldEndWith128AndTheSignalWhenASignalEndsTheCommand() {
        Map<Integer, Integer> expected = new LinkedHashMap<>();
        IntStream.rangeClosed(1, 64).filter(signal -> !HARMLESS.contains(signal) && signal != 32 && signal != 33)
                .forEach(signal -> expected.put(signal, 128 + signal));
        Map<Integer, Integer> seen = Parallel.map(expected.keySet(),
                signal -> Launch.of(Init.pidone(), Script.sh("ulimit -c 0; kill -" + signal + " $$")).run().exitCode());
        assertThat(seen).isEqualTo(expected);
    }

    static Stream<Init> inits() {
        return Stream.of(Init.pidone(), Init.pidoneTini(), Init.tini());
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldEndWith127AndSayWhyWhenTheCommandIsNotFound(Init init) {
        Outcome outcome = Launch.of(init, "/no/such/command").run();
        assertThat(outcome.exitCode()).isEqualTo(127);
        assertThat(outcome.stderr()).contains("/no/such/command").contains("No such file or directory");
        assertThat(outcome.stdout()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldEndWith127WhenTheCommandIsNotOnThePath(Init init) {
        Outcome outcome = Launch.of(init, "no-such-command-anywhere").run();
        assertThat(outcome.exitCode()).isEqualTo(127);
        assertThat(outcome.stderr()).contains("no-such-command-anywhere");
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldEndWith126AndSayWhyWhenTheCommandMayNotBeExecuted(Init init) {
        Outcome outcome = Launch.of(init, "/etc/passwd").run();
        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stderr()).contains("/etc/passwd").contains("Permission denied");
    }

    @Test
    void shouldEndWith126WhenTheCommandIsADirectory() {
        Outcome outcome = Launch.of(Init.pidone(), "/etc").run();
        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stderr()).contains("/etc");
    }

    @Test
    void shouldEndWith126WhenTheFormatIsNoProgram(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("program"), new byte[] {0, 1, 2, 3});
        assertThat(file.toFile().setExecutable(true)).isTrue();
        Outcome outcome = Launch.of(Init.pidone(), file.toString()).run();
        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stderr()).contains(file.toString());
    }

    @Test
    void shouldSearchThePathOfTheEnvironmentWhenTheCommandHasNoSlash(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("only-here"), "#!/bin/sh\necho found \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        Outcome outcome = Launch.of(Init.pidone(), "only-here", "a b")
                .environment("PATH", directory + ":/usr/bin:/bin").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "found a b\n", ""));
    }

    @Test
    void shouldSayNothingWhenAllGoesWell() {
        assertThat(Launch.of(Init.pidone(), "true").run()).isEqualTo(new Outcome(0, "", ""));
    }
}
