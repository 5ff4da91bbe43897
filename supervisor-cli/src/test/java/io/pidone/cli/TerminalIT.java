package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Script;
import io.pidone.cli.testing.Terminal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** With a terminal on stdin the command is its foreground process group, and a shell has job control. */
class TerminalIT {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_Z = "\u001a";
    private static final String CTRL_BACKSLASH = "\u001c";

    /** The init leads the session of the terminal, as a container runtime arranges it. */
    private static final String[] LEADER = {"setsid", "--ctty"};

    /** Prints whether its process group is the terminal's foreground group. */
    private static final String[] FOREGROUND = {"perl", "-e", """
            use POSIX ();
            print POSIX::tcgetpgrp(0) == getpgrp ? "foreground\\n" : "background\\n\""""};

    static Stream<Init> inits() {
        return Stream.of(Init.pidone(), Init.pidoneTini(), Init.tini());
    }

    static Stream<Init> allInits() {
        return Stream.concat(inits(), Stream.of(Init.pidoneDumbInit(), Init.dumbInit()));
    }

    @ParameterizedTest
    @MethodSource("allInits")
    void shouldBeTheForegroundGroupWhenThereIsATerminal(Init init) {
        try (Terminal terminal = open(init, FOREGROUND)) {
            terminal.await("foreground");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("allInits")
    void shouldInterruptTheForegroundJobOnlyWhenCtrlCIsTyped(Init init) {
        try (Terminal terminal = shell(init)) {
            terminal.enter("sleep 1000");
            terminal.process("sleep");
            terminal.type(CTRL_C).await("$ ").enter("echo code $?").await("code 130").await("$ ");
            terminal.enter("exit 5");
            assertThat(terminal.awaitExit()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("allInits")
    void shouldSuspendAndResumeAJobWhenCtrlZAndFgAreTyped(Init init) {
        try (Terminal terminal = shell(init)) {
            terminal.enter("sleep 1000");
            long job = terminal.process("sleep").hostPid();
            terminal.type(CTRL_Z).await("Stopped").await("$ ");
            assertThat(terminal.process("sleep").stopped()).isTrue();
            terminal.enter("fg").await("sleep 1000");
            Await.until("it runs again", () -> !terminal.process("sleep").stopped());
            assertThat(terminal.process("sleep").hostPid()).isEqualTo(job);
            terminal.type(CTRL_C).await("$ ").enter("jobs; echo none").await("none").enter("exit 0");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    @Test
    void shouldRunAJobInTheBackgroundWhenBgIsTyped() {
        try (Terminal terminal = shell(Init.pidone())) {
            terminal.enter("sleep 1000").process("sleep");
            terminal.type(CTRL_Z).await("Stopped").await("$ ").enter("bg").await("$ ");
            Await.until("it runs again", () -> !terminal.process("sleep").stopped());
            terminal.enter("kill %1; wait %1; echo code $?").await("code 143").enter("exit 0");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldEndTheCommandWhenCtrlCIsTypedAndThereIsNoShell(Init init) {
        try (Terminal terminal = open(init, "sh", "-c", "echo ready; exec sleep 1000")) {
            terminal.await("ready").process("sleep");
            terminal.type(CTRL_C);
            assertThat(terminal.awaitExit()).isEqualTo(130);
        }
    }

    @Test
    void shouldEndTheCommandWhenCtrlBackslashIsTyped() {
        try (Terminal terminal = open(Init.pidone(), "sh", "-c", "ulimit -c 0; echo ready; exec sleep 1000")) {
            terminal.await("ready").process("sleep");
            terminal.type(CTRL_BACKSLASH);
            assertThat(terminal.awaitExit()).isEqualTo(131);
        }
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldTellTheCommandOnceWhenTheWindowChanges(Init init) {
        String script = "trap 'stty size; echo changed' WINCH; echo ready; while :; do read -r line && break; done";
        try (Terminal terminal = open(init, "bash", "-c", script)) {
            terminal.await("ready").resize(132, 50);
            // The shell runs its trap when its read returns: the empty line makes it return.
            terminal.enter("").await("50 132").await("changed");
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.shown().split("changed", -1)).hasSize(2);
        }
    }

    @Test
    void shouldEndWithTheShellWhenCtrlDIsTyped() {
        try (Terminal terminal = shell(Init.pidone())) {
            terminal.enter("echo here").await("here").await("$ ").type(CTRL_D);
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    /** The outer shell has job control, so its own group must be the foreground again before it reads on. */
    @ParameterizedTest
    @MethodSource("inits")
    void shouldGiveTheTerminalBackWhenTheCommandHasEnded(Init init) {
        String inner = String.join(" ", init.command()) + " true";
        try (Terminal terminal = shell(new Init("none", List.of()))) {
            terminal.enter(inner + "; echo code $?").await("code 0").await("$ ");
            terminal.enter("read line; echo got $line").enter("something").await("got something").enter("exit 3");
            assertThat(terminal.awaitExit()).isEqualTo(3);
        }
    }

    /** Without job control in the outer shell nobody but pidone can give the terminal back. */
    @Test
    void shouldGiveTheTerminalBackWhenTheOuterShellHasNoJobControl() {
        String pidone = String.join(" ", Init.pidone().command());
        String script = pidone + " true; perl -e 'use POSIX (); print POSIX::tcgetpgrp(0) == getpgrp ? qq(back\\n)"
                + " : qq(lost\\n)'";
        try (Terminal terminal = open(new Init("none", List.of()), Script.sh(script))) {
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.shown()).contains("back").doesNotContain("lost");
        }
    }

    @Test
    void shouldLeaveTheTerminalAloneWhenItRunsInTheBackground() {
        String pidone = String.join(" ", Init.pidone().command());
        String foreground = "perl -e 'use POSIX (); print POSIX::tcgetpgrp(0) == getpgrp"
                + " ? qq(mi) . qq(ne\\n) : qq(sto) . qq(len\\n)'";
        try (Terminal terminal = shell(new Init("none", List.of()))) {
            terminal.enter(pidone + " sh -c 'echo start''ed; exec sleep 1000' &").await("started");
            terminal.enter("").await("$ ").enter(foreground).await("mine").await("$ ");
            terminal.enter("kill %1; wait %1; echo code $?").await("code 143").enter("exit 0");
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.shown()).doesNotContain("stolen");
        }
    }

    @Test
    void shouldForwardHangupWhenTheTerminalGoesAway() {
        try (Terminal terminal = open(Init.pidone(), Script.endsOnTerm("child", 7))) {
            terminal.await("ready child");
            Container.signal(terminal.pidOne(), 1);
            terminal.await("child 1");
            Container.signal(terminal.pidOne(), 15);
            assertThat(terminal.awaitExit()).isEqualTo(7);
        }
    }

    private static Terminal open(Init init, String... command) {
        return Terminal.open(Launch.of(init, command).wrappedIn(LEADER));
    }

    private static Terminal shell(Init init) {
        Launch launch = Launch.of(init, "bash", "--norc", "--noediting", "-i").environment("PS1", "$ ");
        Terminal terminal = Terminal.open(launch.wrappedIn(LEADER));
        return terminal.await("$ ");
    }
}
