package io.pidone.cli;

import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** What the command sees of the world: the same as without an init in front of it. */
class ChildIT {

    /** No init at all: the command itself is PID 1. */
    private static final Init NONE = new Init("none", List.of());

    private static final String[] SIGNALS = {"grep", "^Sig[BIC]", "/proc/self/status"};

    private static final String[] DESCRIPTORS = {"perl", "-e", """
            for (0 .. 1023) {
                my $target = readlink "/proc/self/fd/$_";
                $target =~ s/\\d+//g, print STDOUT "$_ $target\\n" if defined $target;
            }"""};

    private static final String[] ARGUMENTS = {"perl", "-e", "print join ',', map { unpack 'H*', $_ } @ARGV", "--"};

    @ParameterizedTest
    @MethodSource("situations")
    void shouldLookTheSameToTheCommandWhenPidoneStandsInFront(String title, String preparation, String[] command) {
        UnaryOperator<Launch> prepare = launch -> launch.wrappedInShell(preparation);
        Outcome direct = prepare.apply(Launch.of(NONE, command)).run();
        Outcome behind = prepare.apply(Launch.of(Init.pidone(), command)).run();
        assertThat(direct.exitCode()).as(title).isZero();
        assertThat(behind).as(title).isEqualTo(direct);
    }

    static Stream<Arguments> situations() {
        String[] limits = {"cat", "/proc/self/limits"};
        String[] umask = Script.sh("umask; pwd");
        return Stream.of(
                situation("signals", "exec \"$@\"", SIGNALS),
                situation("ignored HUP", "trap '' HUP; exec \"$@\"", SIGNALS),
                situation("ignored USR1, PIPE", "trap '' USR1 PIPE; exec \"$@\"", SIGNALS),
                situation("ignored INT, QUIT", "trap '' INT QUIT; exec \"$@\"", SIGNALS),
                situation("ignored TERM, WINCH, RTMIN", "trap '' TERM WINCH 34; exec \"$@\"", SIGNALS),
                situation("ignored TTIN, TTOU, TSTP", "trap '' TTIN TTOU TSTP; exec \"$@\"", SIGNALS),
                situation("descriptors", "exec \"$@\"", DESCRIPTORS),
                situation("inherited descriptors", "exec 3</etc/passwd 5>/dev/null 9</; exec \"$@\"", DESCRIPTORS),
                situation("a high descriptor", "exec perl -e '$^F = 999; open F, q(</dev/null); use POSIX ();"
                        + "POSIX::dup2(fileno F, 217); POSIX::close(fileno F); exec { $ARGV[0] } @ARGV' \"$@\"",
                        DESCRIPTORS),
                situation("stdin closed", "exec <&-; exec \"$@\"", DESCRIPTORS),
                situation("stderr closed", "exec 2>&-; exec \"$@\"", DESCRIPTORS),
                situation("limits", "exec \"$@\"", limits),
                situation("fewer descriptors", "ulimit -Sn 123; exec \"$@\"", limits),
                situation("hard limits", "ulimit -n 456; ulimit -c 0; ulimit -s 4096; exec \"$@\"", limits),
                situation("umask", "umask 027; exec \"$@\"", umask),
                situation("open umask", "umask 0; exec \"$@\"", umask),
                situation("directory", "cd /usr/share; exec \"$@\"", umask),
                situation("a bare argument list", "exec \"$@\" ''", ARGUMENTS),
                situation("arguments that look like options", "exec \"$@\" -v --help -- --", ARGUMENTS),
                situation("arguments that are not UTF-8",
                        "exec \"$@\" \"$(printf '\\377\\200 \\\\ x')\" '' \"$(printf 'a\\nb')\" '*' '$HOME'",
                        ARGUMENTS),
                situation("a long argument", "exec \"$@\" \"$(printf '%100000d' 7)\"", ARGUMENTS),
                situation("niceness", "exec nice -n 5 \"$@\"", new String[] {"nice"}));
    }

    private static Arguments situation(String title, String preparation, String[] command) {
        return Arguments.of(title, preparation, command);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "A=b", "JAVA_TOOL_OPTIONS=-Dx=y", "_JAVA_OPTIONS=-Xmx7m", "JDK_JAVA_OPTIONS=-Dx=y", "EMPTY=", "dotted.name=1",
        "dashed-name=1", "LD_LIBRARY_PATH=/nowhere", "LC_ALL=C.UTF-8", "PWD=/elsewhere", "IFS=x", "PS1=x", "SHLVL=4",
        "A=with\nnewline", "_=x", "OLDPWD=/x", "ENV=/x", "CLASSPATH=/x", "JAVA_HOME=/nowhere", "PIDONE_UNKNOWN=1"})
    void shouldLeaveTheEnvironmentAsItIsWhenItHolds(String variable) {
        assertThat(environmentBehind(Init.pidone(), variable)).isEqualTo(environmentBehind(NONE, variable));
    }

    @Test
    void shouldLeaveAValueAsItIsWhenItIsNotUtf8() {
        String[] command = {"perl", "-e", "print unpack 'H*', $ENV{'ODD'}"};
        String preparation = "ODD=$(printf '\\377\\200\\303(=x'); export ODD; exec \"$@\"";
        assertThat(Launch.of(Init.pidone(), command).wrappedInShell(preparation).run())
                .isEqualTo(new Outcome(0, "ff80c3283d78", ""));
    }

    private static List<Object> environmentBehind(Init init, String variable) {
        Outcome outcome = Launch.of(init, "cat", "/proc/self/environ").wrappedIn("env", variable).run();
        return List.of(outcome.exitCode(), new TreeSet<>(List.of(outcome.stdout().split("\0"))), outcome.stderr());
    }

    @Test
    void shouldLeadItsOwnProcessGroupAndBeAChildOfPidOne() {
        Outcome outcome = Launch.of(Init.pidone(), "perl", "-e", "print getppid, ' ', getpgrp == $$ ? 1 : 0").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "1 1", ""));
    }

    @Test
    void shouldKnowTheCommandsStatusWhenChildSignalsWereIgnored() {
        Outcome outcome = Launch.of(Init.pidone(), Script.sh("exit 23")).wrappedIn("env", "--ignore-signal=CHLD").run();
        assertThat(outcome.exitCode()).isEqualTo(23);
    }

    @Test
    void shouldForwardASignalWhenItWasInheritedAsBlocked() {
        Launch launch = Launch.of(Init.pidone(), Script.endsOnTerm("child", 3)).wrappedIn("env", "--block-signal=USR1");
        try (var container = launch.start()) {
            container.awaitLine("ready child").signal(15);
            assertThat(container.awaitExit().exitCode()).isEqualTo(3);
        }
    }

    @Test
    void shouldStartInItsDirectoryWhenThatHasAnOddName(@TempDir Path directory) throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a b 'c'"));
        assertThat(Launch.of(Init.pidone(), "pwd").in(odd).run()).isEqualTo(new Outcome(0, odd + "\n", ""));
    }

    @Test
    void shouldPassStdinThroughWhenTheCommandReadsIt() {
        try (var container = Launch.of(Init.pidone(), "cat").start()) {
            container.type(new byte[] {'x', 0, (byte) 0xff, '\n'});
            assertThat(container.awaitExit()).isEqualTo(new Outcome(0, "x\0\u00ff\n", ""));
        }
    }
}
