package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Who gets a forwarded signal, and which signals are forwarded. */
class ForwardingIT {

    private static final int USR1 = 10;
    private static final int USR2 = 12;
    private static final List<String> FAMILY = List.of("leader", "member", "group", "session", "orphan");

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of(Init.pidone(), Set.of("leader", "member")),
                Arguments.of(Init.pidone("--forward", "child"), Set.of("leader")),
                Arguments.of(Init.pidone("--forward", "group"), Set.of("leader", "member")),
                Arguments.of(Init.pidone("--forward", "session"), Set.of("leader", "member", "group")),
                Arguments.of(Init.pidone("--forward", "tree"), Set.copyOf(FAMILY)),
                Arguments.of(Init.pidoneTini(), Set.of("leader")),
                Arguments.of(Init.tini(), Set.of("leader")),
                Arguments.of(Init.pidoneTini("-g"), Set.of("leader", "member")),
                Arguments.of(Init.tini("-g"), Set.of("leader", "member")),
                Arguments.of(Init.pidoneDumbInit(), Set.of("leader", "member")),
                Arguments.of(Init.dumbInit(), Set.of("leader", "member")),
                Arguments.of(Init.pidoneDumbInit("-c"), Set.of("leader")),
                Arguments.of(Init.dumbInit("-c"), Set.of("leader")));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void shouldReachExactlyTheModesProcessesWhenASignalComes(Init init, Set<String> expected) {
        try (Container container = Launch.of(init, Script.family()).start()) {
            FAMILY.forEach(name -> container.awaitLine("ready " + name));
            container.signal(USR1);
            expected.forEach(name -> container.awaitLine(name + " " + USR1));
            // Whoever was to be spared has had its chance once a later signal, sent to all, was seen by everybody.
            for (String name : FAMILY) {
                Container.signal(container.process(name).hostPid(), USR2);
                container.awaitLine(name + " " + USR2);
            }
            assertThat(receivers(container, USR1)).isEqualTo(new TreeSet<>(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("modesByEnvironment")
    void shouldForwardByModeWhenTheEnvironmentNamesIt(String mode, Set<String> expected) {
        Launch launch = Launch.of(Init.pidone(), Script.family()).environment("PIDONE_FORWARD", mode);
        try (Container container = launch.start()) {
            FAMILY.forEach(name -> container.awaitLine("ready " + name));
            container.signal(USR1);
            expected.forEach(name -> container.awaitLine(name + " " + USR1));
            for (String name : FAMILY) {
                Container.signal(container.process(name).hostPid(), USR2);
                container.awaitLine(name + " " + USR2);
            }
            assertThat(receivers(container, USR1)).isEqualTo(new TreeSet<>(expected));
        }
    }

    static Stream<Arguments> modesByEnvironment() {
        return Stream.of(Arguments.of("child", Set.of("leader")), Arguments.of("tree", Set.copyOf(FAMILY)));
    }

    static Stream<Arguments> allSignals() {
        // tini leaves the signals of its own faults and of the terminal to itself; dumb-init knows 1 to 31 only.
        return Stream.of(
                Arguments.of(Init.pidone(), signals(1, 64, Set.of(4, 7, 8, 11))),
                Arguments.of(Init.pidone("--forward", "child"), signals(1, 64, Set.of(4, 7, 8, 11))),
                Arguments.of(Init.pidoneTini(), signals(1, 64, Set.of(4, 5, 6, 7, 8, 11, 21, 22, 31))),
                Arguments.of(Init.tini(), signals(1, 64, Set.of(4, 5, 6, 7, 8, 11, 21, 22, 31))),
                Arguments.of(Init.pidoneDumbInit(), signals(1, 31, Set.of(20, 21, 22))),
                Arguments.of(Init.dumbInit(), signals(1, 31, Set.of(20, 21, 22))));
    }

    @ParameterizedTest
    @MethodSource("allSignals")
    void shouldForwardEverySignalInOrderWhenItCanBeCaught(Init init, List<Integer> signals) {
        try (Container container = Launch.of(init, Script.signals("child")).start()) {
            container.awaitLine("ready child");
            List<String> expected = new ArrayList<>(List.of("ready child"));
            for (int signal : signals) {
                container.signal(signal).awaitLine("child " + signal);
                expected.add("child " + signal);
            }
            assertThat(container.lines()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldForwardAFaultSignalWhenAnotherProcessSendsIt(int signal) {
        try (Container container = Launch.of(Init.pidone(), Script.signals("child")).start()) {
            container.awaitLine("ready child").signal(signal).awaitLine("child " + signal);
            assertThat(container.signal(USR2).awaitLine("child " + USR2).alive()).isTrue();
        }
    }

    static IntStream faults() {
        return IntStream.of(4, 7, 8, 11);
    }

    @Test
    void shouldNotForwardWhenTheSignalTellsOfAChild() {
        try (Container container = Launch.of(Init.pidone(), Script.perl("signals.pl", "child")).start()) {
            container.awaitLine("ready child").signal(17).signal(USR2).awaitLine("child " + USR2);
            assertThat(container.lines()).containsExactly("ready child", "child " + USR2);
        }
    }

    @Test
    void shouldForwardEachOfManyRealTimeSignalsWhenTheyComeAtOnce() {
        try (Container container = Launch.of(Init.pidone(), Script.signals("child")).start()) {
            container.awaitLine("ready child");
            container.enter(Script.sh("for n in 1 2 3 4 5 6 7 8 9 10; do kill -40 1; done"));
            Await.untilAsserted("ten signals", () -> assertThat(container.lines()).containsOnlyOnce("ready child")
                    .filteredOn("child 40"::equals).hasSize(10));
        }
    }

    private static List<Integer> signals(int first, int last, Set<Integer> except) {
        // 9 and 19 cannot be caught, 17 tells of children, 32 and 33 belong to the C library.
        Set<Integer> never = Set.of(9, 17, 19, 32, 33);
        return IntStream.rangeClosed(first, last).boxed()
                .filter(signal -> !never.contains(signal) && !except.contains(signal)).toList();
    }

    private static Set<String> receivers(Container container, int signal) {
        Set<String> names = new TreeSet<>();
        for (String line : container.lines()) {
            if (line.endsWith(" " + signal)) {
                names.add(line.substring(0, line.indexOf(' ')));
            }
        }
        return names;
    }
}
