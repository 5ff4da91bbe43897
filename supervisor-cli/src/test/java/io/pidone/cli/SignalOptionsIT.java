package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Script;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Signals that are replaced, dropped or held back on their way to the command. */
class SignalOptionsIT {

    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int QUIT = 3;
    private static final int USR2 = 12;
    private static final int TERM = 15;

    static Stream<Arguments> rewrites() {
        return Stream.of(
                Arguments.of(Init.pidone("--rewrite", "TERM:QUIT"), TERM, QUIT),
                Arguments.of(Init.pidone("--rewrite", "SIGTERM:SIGQUIT"), TERM, QUIT),
                Arguments.of(Init.pidone("--rewrite=15:3"), TERM, QUIT),
                Arguments.of(Init.pidone("--rewrite", "TERM:INT", "--rewrite", "INT:TERM"), TERM, INT),
                Arguments.of(Init.pidone("--rewrite", "TERM:INT", "--rewrite", "INT:TERM"), INT, TERM),
                Arguments.of(Init.pidone("--rewrite", "TERM:QUIT"), HUP, HUP),
                Arguments.of(Init.pidone("--rewrite", "40:TERM"), 40, TERM),
                Arguments.of(Init.pidoneDumbInit("-r", "15:3"), TERM, QUIT),
                Arguments.of(Init.dumbInit("-r", "15:3"), TERM, QUIT));
    }

    @ParameterizedTest
    @MethodSource("rewrites")
    void shouldForwardTheReplacementWhenASignalIsRewritten(Init init, int sent, int received) {
        try (Container container = Launch.of(init, Script.signals("child")).start()) {
            container.awaitLine("ready child").signal(sent).awaitLine("child " + received);
            assertThat(container.lines()).containsExactly("ready child", "child " + received);
        }
    }

    static Stream<Init> droppers() {
        return Stream.of(Init.pidone("--rewrite", "HUP:0"), Init.pidone("--rewrite", "1:0"),
                Init.pidoneDumbInit("-r", "1:0"), Init.dumbInit("-r", "1:0"));
    }

    @ParameterizedTest
    @MethodSource("droppers")
    void shouldDropASignalWhenItIsRewrittenToZero(Init init) {
        try (Container container = Launch.of(init, Script.signals("child")).start()) {
            container.awaitLine("ready child").signal(HUP).signal(USR2).awaitLine("child " + USR2);
            assertThat(container.lines()).containsExactly("ready child", "child " + USR2);
        }
    }

    @Test
    void shouldRewriteWhenTheEnvironmentSaysSo() {
        Launch launch = Launch.of(Init.pidone(), Script.signals("child")).environment("PIDONE_REWRITE", "TERM:QUIT");
        try (Container container = launch.start()) {
            container.awaitLine("ready child").signal(TERM).awaitLine("child " + QUIT);
            assertThat(container.lines()).doesNotContain("child " + TERM);
        }
    }

    @Test
    void shouldHoldASignalBackWhenItHasADelay() {
        Launch launch = Launch.of(Init.pidone("--delay", "TERM=500ms"), Script.signals("child"));
        try (Container container = launch.start()) {
            container.awaitLine("ready child");
            long sent = System.nanoTime();
            container.signal(TERM).signal(USR2).awaitLine("child " + TERM);
            Duration held = Duration.ofNanos(System.nanoTime() - sent);
            assertThat(container.lines()).containsExactly("ready child", "child " + USR2, "child " + TERM);
            assertThat(held).isBetween(Duration.ofMillis(490), Duration.ofSeconds(5));
        }
    }

    @Test
    void shouldForwardAtOnceWhenADelayedSignalComesAgain() {
        Launch launch = Launch.of(Init.pidone("--delay", "SIGTERM=10m"), Script.signals("child"));
        try (Container container = launch.start()) {
            container.awaitLine("ready child").signal(TERM).signal(USR2).awaitLine("child " + USR2);
            assertThat(container.lines()).doesNotContain("child " + TERM);
            container.signal(TERM).awaitLine("child " + TERM);
            Await.during("one signal, not two", Duration.ofMillis(200),
                    () -> container.lines().stream().filter(("child " + TERM)::equals).count() == 1);
        }
    }

    @Test
    void shouldForwardTheReplacementLateWhenADelayedSignalIsRewritten() {
        Init init = Init.pidone("--delay", "TERM=300ms", "--rewrite", "TERM:QUIT");
        try (Container container = Launch.of(init, Script.signals("child")).start()) {
            container.awaitLine("ready child").signal(TERM).signal(USR2).awaitLine("child " + QUIT);
            assertThat(container.lines()).containsExactly("ready child", "child " + USR2, "child " + QUIT);
        }
    }

    @Test
    void shouldEndAtOnceWhenTheCommandEndsWhileASignalIsHeldBack() {
        Init init = Init.pidone("--delay", "TERM=10m");
        try (Container container = Launch.of(init, Script.endsOnTerm("child", 9)).start()) {
            container.awaitLine("ready child").signal(TERM);
            Container.signal(container.process("child").hostPid(), TERM);
            assertThat(container.awaitExit(Duration.ofSeconds(5)).exitCode()).isEqualTo(9);
            assertThat(container.lines()).isEqualTo(List.of("ready child", "child " + TERM));
        }
    }
}
