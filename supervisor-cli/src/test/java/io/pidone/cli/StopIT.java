package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Script;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** How a tree of processes comes to its end: grace period, linger, run time, orphans. */
class StopIT {

    private static final int USR2 = 12;
    private static final int TERM = 15;

    /** Prints what is left once the init that it runs has ended, as PID 1 around an init that is not PID 1. */
    private static final String REST = "\"$@\"; code=$?;"
            + " for p in /proc/[0-9]*/comm; do read comm <$p && echo rest $comm; done; exit $code";

    @Test
    void shouldKillTheCommandWhenItOutlivesTheGracePeriod() {
        Init init = Init.pidone("--grace-period", "400ms");
        try (Container container = Launch.of(init, Script.signals("stubborn")).start()) {
            container.awaitLine("ready stubborn");
            long sent = System.nanoTime();
            Outcome outcome = container.signal(TERM).awaitExit(Duration.ofSeconds(5));
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofMillis(390));
            assertThat(outcome.exitCode()).isEqualTo(137);
            assertThat(outcome.lines()).containsExactly("ready stubborn", "stubborn 15");
        }
    }

    @Test
    void shouldKillTheWholeTreeWhenItOutlivesTheGracePeriod() {
        Init init = Init.pidone("--grace-period", "300ms", "--forward", "tree", "--subreaper");
        Launch launch = Launch.of(init, Script.family()).wrappedInShell(REST).notPidOne();
        try (Container container = launch.start()) {
            container.awaitLine("ready orphan").awaitLine("ready session").awaitLine("ready leader");
            Container.signal(pidoneAbove(container), TERM);
            Outcome outcome = container.awaitExit(Duration.ofSeconds(6));
            assertThat(outcome.exitCode()).isEqualTo(137);
            assertThat(outcome.lines()).contains("orphan 15")
                    .doesNotContain("rest leader", "rest session", "rest orphan", "rest group", "rest member");
        }
    }

    @Test
    void shouldEndWithTheCommandsCodeWhenItEndsWithinTheGracePeriod() {
        Init init = Init.pidone("--grace-period", "5m");
        try (Container container = Launch.of(init, Script.endsOnTerm("child", 3)).start()) {
            container.awaitLine("ready child").signal(TERM);
            assertThat(container.awaitExit(Duration.ofSeconds(5)).exitCode()).isEqualTo(3);
        }
    }

    @Test
    void shouldNotKillWhenNoTerminatingSignalCame() {
        Init init = Init.pidone("--grace-period", "100ms");
        try (Container container = Launch.of(init, Script.signals("child")).start()) {
            container.awaitLine("ready child").signal(USR2).awaitLine("child " + USR2);
            Await.during("the command lives on", Duration.ofMillis(500), container::alive);
            assertThat(container.find("child")).isPresent();
        }
    }

    @Test
    void shouldNeverKillWhenThereIsNoGracePeriod() {
        try (Container container = Launch.of(Init.pidone(), Script.signals("child")).start()) {
            container.awaitLine("ready child").signal(TERM).awaitLine("child " + TERM);
            Await.during("the command lives on", Duration.ofMillis(500), container::alive);
            container.signal(USR2).awaitLine("child " + USR2);
            assertThat(container.lines()).containsExactly("ready child", "child " + TERM, "child " + USR2);
        }
    }

    @Test
    void shouldTerminateTheRestWhenTheCommandHasEnded() {
        Launch launch = Launch.of(Init.pidone(), Script.leaves("polite", 7));
        long start = System.nanoTime();
        Outcome outcome = launch.run();
        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.lines()).containsExactly("ready left", "left 15");
        // It does not wait out the five seconds that it would have given a stubborn one.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldKillTheRestWhenItOutlivesTheLinger() {
        Init init = Init.pidone("--linger", "400ms", "--subreaper");
        Launch launch = Launch.of(init, Script.leaves("stubborn", 8)).wrappedInShell(REST).notPidOne();
        long start = System.nanoTime();
        Outcome outcome = launch.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
        assertThat(outcome.exitCode()).isEqualTo(8);
        assertThat(outcome.lines()).contains("left 15").doesNotContain("rest left");
    }

    @Test
    void shouldWaitForTheRestWhenItStillLivesWithinTheLinger() {
        Init init = Init.pidone("--linger", "5m");
        try (Container container = Launch.of(init, Script.leaves("stubborn", 6)).start()) {
            container.awaitLine("left 15");
            Await.during("pidone waits", Duration.ofMillis(300), container::alive);
            Container.signal(container.process("left").hostPid(), 9);
            assertThat(container.awaitExit(Duration.ofSeconds(5)).exitCode()).isEqualTo(6);
        }
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of("143", "kill -TERM $$", 0),
                Arguments.of("7,143", "exit 7", 0),
                Arguments.of("7,143", "kill -TERM $$", 0),
                Arguments.of("7,143", "exit 8", 8),
                Arguments.of("143", "exit 0", 0),
                Arguments.of("0", "exit 0", 0),
                Arguments.of("255", "exit 255", 0));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void shouldEndWithZeroExactlyWhenTheStatusIsExpected(String expected, String script, int code) {
        Outcome outcome = Launch.of(Init.pidone("--expect-status", expected), Script.sh(script)).run();
        assertThat(outcome.exitCode()).isEqualTo(code);
    }

    @Test
    void shouldEndTheCommandWith124WhenItsRunTimeIsOver() {
        long start = System.nanoTime();
        Outcome outcome = Launch.of(Init.pidone("--max-runtime", "600ms"), Script.endsOnTerm("child", 5)).run();
        assertThat(outcome.exitCode()).isEqualTo(124);
        assertThat(outcome.lines()).containsExactly("ready child", "child 15");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(600), Duration.ofSeconds(6));
    }

    @Test
    void shouldKillTheCommandWith124WhenItOutlivesRunTimeAndGracePeriod() {
        Init init = Init.pidone("--max-runtime", "600ms", "--grace-period", "200ms");
        Outcome outcome = Launch.of(init, Script.signals("stubborn")).run();
        assertThat(outcome.exitCode()).isEqualTo(124);
        assertThat(outcome.lines()).containsExactly("ready stubborn", "stubborn 15");
    }

    @Test
    void shouldEndWithTheCommandsCodeWhenItEndsBeforeItsRunTime() {
        Outcome outcome = Launch.of(Init.pidone("--max-runtime", "5m"), Script.sh("exit 11")).run();
        assertThat(outcome.exitCode()).isEqualTo(11);
    }

    @Test
    void shouldTerminateAProcessWhenItLosesItsParent() {
        Init init = Init.pidone("--orphans", "terminate");
        try (Container container = Launch.of(init, Script.family()).start()) {
            container.awaitLine("ready leader").awaitLine("orphan 15");
            assertThat(container.lines())
                    .doesNotContain("leader 15", "member 15", "group 15", "session 15");
        }
    }

    @Test
    void shouldLeaveAnOrphanAloneWhenOrphansAreAdopted() {
        Init init = Init.pidone("--orphans", "adopt");
        try (Container container = Launch.of(init, Script.family()).start()) {
            container.awaitLine("ready leader").awaitLine("ready orphan");
            Await.during("no signal for the orphan", Duration.ofMillis(300),
                    () -> !container.lines().contains("orphan 15"));
            Container.signal(container.process("orphan").hostPid(), USR2);
            assertThat(container.awaitLine("orphan " + USR2).lines()).doesNotContain("orphan 15");
        }
    }

    private static long pidoneAbove(Container container) {
        return container.process("leader").hostParent();
    }
}
