package io.pidone.cli;

import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** The ways in which a runtime comes to run pidone. */
class LauncherIT {

    /** A command that takes a signal that only a process with all signals blocked from the start can forward. */
    private static final String[] TAKES_QUIT = {"sh", "-c",
        "trap 'echo got; exit 7' QUIT; kill -QUIT 1; while :; do sleep 0.05; done"};

    private static final Outcome TAKEN = new Outcome(7, "got\n", "");

    private static Outcome withoutQuitOfTheShell(Outcome outcome) {
        return new Outcome(outcome.exitCode(), outcome.stdout(), outcome.stderr().replace("Quit\n", ""));
    }

    @Test
    void shouldExecuteItselfAgainWhenItsSignalsWereOpen() {
        Path distribution = Init.launcher().getParent().getParent();
        String jars = distribution + "/lib/pidone-cli.jar:" + distribution + "/lib/pidone-core.jar:" + distribution
                + "/lib/jffi.jar";
        Init init = new Init("java", List.of(System.getProperty("java.home") + "/bin/java", "-Xrs",
                "--enable-native-access=ALL-UNNAMED", "-Djffi.unsafe.disabled=true",
                "-Djffi.boot.library.path=" + distribution + "/lib/native/jni", "-cp", jars, "io.pidone.cli.Main",
                "--"));
        assertThat(withoutQuitOfTheShell(Launch.of(init, TAKES_QUIT).run())).isEqualTo(TAKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash --posix", "busybox sh", "dash"})
    void shouldStartWhenAnotherShellReadsIt(String shell) {
        List<String> program = new ArrayList<>(List.of(shell.split(" ")));
        program.add(Init.launcher().toString());
        program.add("--");
        assertThat(withoutQuitOfTheShell(Launch.of(new Init(shell, program), TAKES_QUIT).run())).isEqualTo(TAKEN);
    }

    @Test
    void shouldFindItsDistributionWhenALinkOfALinkIsCalled(@TempDir Path directory) throws IOException {
        Path first = Files.createSymbolicLink(directory.resolve("first"), Init.launcher());
        Path second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());
        Init init = new Init("link", List.of(second.toString(), "--"));
        assertThat(Launch.of(init, "sh", "-c", "exit 5").run()).isEqualTo(new Outcome(5, "", ""));
    }

    @Test
    void shouldHandOnAnEnvironmentThatIsTooLargeForOneVariable() {
        String large = "x".repeat(120_000);
        Launch launch = Launch.of(Init.pidone(), "sh", "-c", "echo ${#LARGE} $JAVA_TOOL_OPTIONS; env | grep _PIDONE")
                .environment("LARGE", large).environment("JAVA_TOOL_OPTIONS", "-Dmine=1");
        assertThat(launch.run()).isEqualTo(new Outcome(1, "120000 -Dmine=1\n", ""));
    }
}
