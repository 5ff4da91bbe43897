package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Peer;
import io.pidone.cli.testing.Script;
import io.pidone.cli.testing.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** pidone under the name of dumb-init does what the installed dumb-init does. */
class DumbInitIT {

    private static final Peer DUMB_INIT = new Peer("dumb-init");
    private static final String SETSID = "DUMB_INIT_SETSID";
    private static final int CONT = 18;

    static Stream<List<String>> lines() {
        return Stream.of(
                List.of(), List.of("--"), List.of("-h"), List.of("--help"), List.of("-V"), List.of("--version"),
                List.of("--vers"), List.of("-Z"), List.of("--bogus"), List.of("-r"), List.of("--rewrite"),
                List.of("-r", "15", "true"), List.of("-r", "15:", "true"), List.of("-r", ":15", "true"),
                List.of("-r", "15:99", "true"), List.of("-r", "0:1", "true"), List.of("-r", "32:1", "true"),
                List.of("-r", "TERM:INT", "true"), List.of("-r", "1:31", "true"), List.of("--rewrite=15:3", "true"),
                List.of("-r15:0", "true"), List.of("-r", "15:-1", "true"), List.of("-r", "15:3x", "true"),
                List.of("-v", "echo", "oh,", "hi"), List.of("--verbose", "--", "echo", "oh,", "hi"),
                List.of("-v", "-c", "echo", "oh,", "hi"), List.of("-vc", "true"),
                List.of("--verbose", "--single-child", "sh", "-c", "exit 9"), List.of("-c", "true"),
                List.of("sh", "-c", "exit 77"), List.of("--", "sh", "-c", "kill -KILL $$"),
                List.of("-v", "sh", "-c", "ulimit -c 0; kill -TERM $$"), List.of("/no/such/command"),
                List.of("--", "/no/such/command"), List.of("-c", "/no/such/command"), List.of("/etc/passwd"),
                List.of("/etc"),
                List.of("echo", "-h", "--", "x"), List.of(""), List.of("-h", "-V"), List.of("-V", "-h"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldDoAsDumbInitWhenItIsPidOne(List<String> options) {
        assertThat(DUMB_INIT.actual(options, UnaryOperator.identity()))
                .isEqualTo(DUMB_INIT.expected(options, UnaryOperator.identity()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "DUMB_INIT_DEBUG=1", "DUMB_INIT_DEBUG=0", "DUMB_INIT_DEBUG=", "DUMB_INIT_DEBUG=yes", "DUMB_INIT_SETSID=0",
        "DUMB_INIT_SETSID=1", "DUMB_INIT_SETSID=", "DUMB_INIT_SETSID=no", "PIDONE_FORWARD=tree"})
    void shouldDoAsDumbInitWhenTheEnvironmentHolds(String variable) {
        UnaryOperator<Launch> prepare = launch -> launch.environment(
                variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        for (List<String> options : List.of(List.of("sh", "-c", "exit 5"), List.of("-v", "sh", "-c", "exit 5"))) {
            assertThat(DUMB_INIT.actual(options, prepare)).isEqualTo(DUMB_INIT.expected(options, prepare));
        }
    }

    /** dumb-init tells of the child that could not execute; pidone's posix_spawn leaves none behind to tell of. */
    @Test
    void shouldNameWhatItCouldNotExecuteWhenItIsVerbose() {
        List<String> options = List.of("-v", "/no/such/command");
        Outcome actual = DUMB_INIT.actual(options, UnaryOperator.identity());
        Outcome expected = DUMB_INIT.expected(options, UnaryOperator.identity());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
        assertThat(expected.stderr().lines()).contains(actual.stderr());
    }

    static Stream<Init> inits() {
        return Stream.of(DUMB_INIT.installed(List.of()), DUMB_INIT.applet(List.of()));
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldLeadASessionOfItsOwnWhenSessionsAreOn(Init init) {
        assertThat(Launch.of(init, session()).run().stdout()).isEqualTo("leader");
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldStayInTheSessionWhenSessionsAreOff(Init init) {
        assertThat(Launch.of(init, session()).environment(SETSID, "0").run().stdout()).isEqualTo("follower");
    }

    private static String[] session() {
        return new String[] {"perl", "-e", """
                open my $stat, '<', '/proc/self/stat';
                my @fields = split ' ', <$stat> =~ s/.*\\) //r;
                print $fields[3] == $$ ? 'leader' : 'follower'"""};
    }

    static Stream<Arguments> leftovers() {
        return Stream.of(Arguments.of(List.of(), "1", "ready left\nleft 15\n"),
                Arguments.of(List.of("-c"), "1", "ready left\n"), Arguments.of(List.of(), "0", "ready left\n"));
    }

    /** When the command ends, dumb-init terminates its process group once and goes, unless it knows one child only. */
    @ParameterizedTest
    @MethodSource("leftovers")
    void shouldTerminateTheGroupWhenTheCommandHasEnded(List<String> options, String setsid, String expected) {
        for (Init init : List.of(DUMB_INIT.installed(options), DUMB_INIT.applet(options))) {
            Launch launch = Launch.of(init, Script.perl("leaves-member.pl", "9")).environment(SETSID, setsid);
            // Not as PID 1, whose end would kill the member before it can tell.
            try (Container container = launch.wrappedInShell("\"$@\"; code=$?; echo code $code; read line").notPidOne()
                    .start()) {
                assertThat(container.awaitAfter("code ")).isEqualTo("9");
                Container.signal(container.process("left").hostPid(), 12);
                container.awaitLine("left 12");
                assertThat(container.lines()).filteredOn(line -> line.equals("left 15"))
                        .hasSize(expected.contains("left 15") ? 1 : 0);
            }
        }
    }

    static Stream<Arguments> suspensions() {
        return inits().flatMap(init -> Stream.of(20, 21, 22).map(signal -> Arguments.of(init, signal)));
    }

    @ParameterizedTest
    @MethodSource("suspensions")
    void shouldSuspendItselfAndTheCommandWhenATerminalSignalComes(Init init, int signal) {
        try (Container container = Launch.of(init, Script.signals("child")).notPidOne().start()) {
            container.awaitLine("ready child").signal(signal);
            Await.until("both stopped", () -> container.process("child").stopped() && stopped(container));
            // In session mode the command gets SIGSTOP for it, which it cannot see.
            assertThat(container.lines()).containsExactly("ready child");
            container.signal(CONT).awaitLine("child " + CONT);
            Await.until("both run", () -> !container.process("child").stopped() && !stopped(container));
        }
    }

    @ParameterizedTest
    @MethodSource("suspensions")
    void shouldForwardTheTerminalSignalWhenSessionsAreOff(Init init, int signal) {
        Launch launch = Launch.of(init, Script.signals("child")).environment(SETSID, "0").notPidOne();
        try (Container container = launch.start()) {
            container.awaitLine("ready child").signal(signal).awaitLine("child " + signal);
            Await.until("it stopped", () -> stopped(container));
            container.signal(CONT).awaitLine("child " + CONT);
            assertThat(container.lines()).containsExactly("ready child", "child " + signal, "child " + CONT);
        }
    }

    private static boolean stopped(Container container) {
        long init = container.init();
        return container.processes().stream().anyMatch(seen -> seen.hostPid() == init && seen.stopped());
    }

    static Stream<Arguments> overridden() {
        List<String> options = List.of("-r", "20:1", "-r", "21:15", "-r", "22:2");
        return Stream.of(DUMB_INIT.installed(options), DUMB_INIT.applet(options)).flatMap(init -> Stream.of(
                Arguments.of(init, 20, 1), Arguments.of(init, 21, 15), Arguments.of(init, 22, 2)));
    }

    @ParameterizedTest
    @MethodSource("overridden")
    void shouldForwardTheReplacementAndSuspendWhenATerminalSignalIsRewritten(Init init, int sent, int received) {
        try (Container container = Launch.of(init, Script.signals("child")).notPidOne().start()) {
            container.awaitLine("ready child").signal(sent).awaitLine("child " + received);
            Await.until("it stopped", () -> stopped(container));
            assertThat(container.signal(CONT).awaitLine("child " + CONT).lines())
                    .containsExactly("ready child", "child " + received, "child " + CONT);
        }
    }

    static Stream<Arguments> terminals() {
        return inits().flatMap(init -> Stream.of("0", "1").map(setsid -> Arguments.of(init, setsid)));
    }

    @ParameterizedTest
    @MethodSource("terminals")
    void shouldReadAndWriteTheTerminalWhenThereIsOne(Init init, String setsid) {
        Launch launch = Launch.of(init, "tac").environment(SETSID, setsid).wrappedIn("setsid", "--ctty");
        try (Terminal terminal = Terminal.open(launch)) {
            terminal.type("one\r").await("one").type("two\r").await("two").type("\u0004").await("two").await("one");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    /** Where it leads the session, its first HUP and CONT come from letting go of the terminal: not forwarded. */
    @ParameterizedTest
    @ValueSource(strings = {"-v", "-c", "-vc"})
    void shouldDoAsDumbInitWhenThereIsATerminal(String option) {
        List<String> options = List.of(option, "sh", "-c", "exit 5");
        assertThat(Terminal.run(DUMB_INIT.applet(options), DUMB_INIT))
                .isEqualTo(Terminal.run(DUMB_INIT.installed(options), DUMB_INIT));
    }

    @Test
    void shouldBeDumbInitWhenItIsStartedUnderItsName(@TempDir Path directory) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("dumb-init"), Init.launcher());
        for (List<String> options : List.of(List.of("-h"), List.of("-Z"), List.of("-v", "sh", "-c", "exit 6"))) {
            Outcome expected = DUMB_INIT.expected(options, UnaryOperator.identity());
            Outcome actual = DUMB_INIT.comparable(Launch.of(DUMB_INIT.linked(link.toString(), options)).run());
            assertThat(actual).as("%s", options).isEqualTo(expected);
        }
    }
}
