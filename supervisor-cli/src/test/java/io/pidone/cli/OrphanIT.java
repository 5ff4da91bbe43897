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
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Every orphan is reaped, whoever made it. */
class OrphanIT {

    private static final int TERM = 15;

    static Stream<Init> inits() {
        return Stream.of(Init.pidone(), Init.pidoneTini(), Init.tini(), Init.pidoneDumbInit(), Init.dumbInit());
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldReapEveryOrphanWhenSomeComeInBursts(Init init) {
        Outcome outcome = Launch.of(init, Script.orphans(2_000, 200)).run();
        assertThat(outcome).isEqualTo(new Outcome(42, "zombies 0\n", ""));
    }

    @Test
    void shouldReapEveryOrphanWhenAHundredThousandComeInBursts() {
        Launch launch = Launch.of(Init.pidone(), Script.orphans(100_000, 500));
        try (Container container = launch.start()) {
            assertThat(container.awaitExit(Duration.ofMinutes(2))).isEqualTo(new Outcome(42, "zombies 0\n", ""));
        }
    }

    @ParameterizedTest
    @MethodSource("inits")
    void shouldReapAnOrphanWhenItCameThroughAnExec(Init init) {
        try (Container container = Launch.of(init, Script.endsOnTerm("child", 42)).start()) {
            container.awaitLine("ready child");
            // Each exec leaves five processes that outlive it and end within a tenth of a second.
            for (int round = 0; round < 5; round++) {
                assertThat(container.enter(Script.sh("for n in 1 2 3 4 5; do sleep 0.1 & done; exit 0")).exitCode())
                        .isZero();
            }
            Await.untilAsserted("no orphan is left", () -> assertThat(container.processes())
                    .noneMatch(seen -> seen.zombie() || seen.name().equals("sleep")));
            assertThat(container.signal(TERM).awaitExit().exitCode()).isEqualTo(42);
        }
    }

    @Test
    void shouldReapAnOrphanOfAnExecWhenTheCommandHasEnded() {
        Init init = Init.pidone("--linger", "5m");
        try (Container container = Launch.of(init, Script.leaves("stubborn", 42)).start()) {
            container.awaitLine("left 15");
            Await.until("the command was reaped", () -> container.processes().stream()
                    .filter(seen -> seen.name().equals("perl")).findAny().isEmpty());
            container.enter(Script.sh("trap '' TERM; for n in 1 2 3 4 5; do sleep 0.1 & done; exit 0"));
            Await.untilAsserted("no orphan is left", () -> assertThat(container.processes())
                    .noneMatch(seen -> seen.zombie() || seen.name().equals("sleep")));
            Container.signal(container.process("left").hostPid(), 9);
            assertThat(container.awaitExit(Duration.ofSeconds(5)).exitCode()).isEqualTo(42);
        }
    }

    @Test
    void shouldReapWithinMomentsWhenOrphansEndOneByOne() {
        try (Container container = Launch.of(Init.pidone(), Script.endsOnTerm("child", 0)).start()) {
            container.awaitLine("ready child");
            for (int round = 0; round < 10; round++) {
                container.enter(Script.sh("sleep 0.02 & exit 0"));
                Await.until("it is gone", () -> container.find("sleep").isEmpty());
            }
            assertThat(container.zombies()).isZero();
        }
    }

    @Test
    void shouldTellAnOrphansStatusFromTheCommandsWhenTheyEndTogether() {
        String[] command = Script.sh("n=0; while [ $n -lt 50 ]; do (sh -c 'exit 3' &); n=$((n+1)); done; exit 17");
        assertThat(Launch.of(Init.pidone(), command).run().exitCode()).isEqualTo(17);
    }

    @Test
    void shouldWarnOfOrphansUnlessItIsToBeQuiet() {
        String[] command = Script.sh("(sleep 0.05 &); sleep 0.3; exit 3");
        Outcome loud = Launch.of(Init.pidone("--warn-on-reap"), command).run();
        assertThat(loud.exitCode()).isEqualTo(3);
        assertThat(loud.stderr()).contains("reaped orphan").contains("its parent ended without waiting for it");
        Outcome quiet = Launch.of(Init.pidone("-q", "--warn-on-reap"), command).run();
        assertThat(quiet).isEqualTo(new Outcome(3, "", ""));
        Outcome failed = Launch.of(Init.pidone("-q"), "/nowhere/program").run();
        assertThat(failed).isEqualTo(new Outcome(127, "", "pidone: /nowhere/program: No such file or directory\n"));
    }
}
