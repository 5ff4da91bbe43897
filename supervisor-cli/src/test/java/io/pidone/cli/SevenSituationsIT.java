package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Parallel;
import io.pidone.cli.testing.Script;
import io.pidone.cli.testing.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pidone, tini, dumb-init, catatonit and s6-svscan do as PID 1 in the same seven situations. The table of
 * docs/comparison.md is this one, so it cannot say what an init does not do.
 */
class SevenSituationsIT {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";
    private static final int QUIT = 3;
    private static final int TERM = 15;

    private static final String PIDONE = "pidone";
    private static final String S6 = "s6-svscan";
    private static final String LOSING = "dumb-init";
    private static final List<String> INITS = List.of(PIDONE, "tini", "dumb-init", "catatonit", S6);
    private static final List<String> FAMILY = List.of("leader", "member", "group", "session", "orphan");

    /** How long something that is not to come is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How often the start-up is tried. An init that may lose the signal does so in about every second one. */
    private static final int STARTS = 20;

    private static final String REAPED = "reaped";
    private static final String KEPT_ZOMBIE = "kept as a zombie";
    private static final String COMMAND_ONLY = "only the command";
    private static final String GROUP = "the command and its process group";
    private static final String EVERYBODY = "every process, orphans and other sessions included";
    private static final String KEPT = "kept";
    private static final String LOST = "lost";
    private static final String MAY_BE_LOST = "may be lost";
    private static final String TERM_INSTEAD = "TERM instead";
    private static final String FORWARDED = "forwarded";
    private static final String LIVES_ON = "lives on: no limit";
    private static final String JOB_CONTROL = "job control works";
    private static final String NO_CTRL_Z = "Ctrl-C works, Ctrl-Z does nothing";
    private static final String NO_JOB_CONTROL = "no job control";

    /** The situations in the order of {@link #TABLE}. */
    private enum Situation {
        ORPHAN("An orphan of the command ends"),
        TREE("TERM to a tree: who gets it"),
        STARTUP("TERM during start-up, once the init blocks signals"),
        QUIT("SIGQUIT"),
        STUBBORN("A command that ignores TERM"),
        EXEC("An orphan of an exec ends"),
        TERMINAL("An interactive shell on a terminal");

        private final String title;

        Situation(String title) {
            this.title = title;
        }
    }

    /** A cell for each of {@link #INITS}. */
    private static final Map<Situation, List<String>> TABLE = Map.of(
            Situation.ORPHAN, List.of(REAPED, REAPED, REAPED, REAPED, REAPED),
            Situation.TREE, List.of(
                    GROUP + "; with `--forward tree` " + EVERYBODY,
                    COMMAND_ONLY + "; with `-g` " + GROUP,
                    GROUP + "; with `-c` " + COMMAND_ONLY,
                    COMMAND_ONLY + "; with `-g` " + GROUP, COMMAND_ONLY),
            Situation.STARTUP, List.of(KEPT, KEPT, MAY_BE_LOST, KEPT, KEPT),
            Situation.QUIT, List.of(FORWARDED, FORWARDED, FORWARDED, FORWARDED, TERM_INSTEAD),
            Situation.STUBBORN, List.of("`--grace-period 1s`: killed after it", LIVES_ON, LIVES_ON, LIVES_ON,
                    "`timeout-kill`: killed after it"),
            Situation.EXEC, List.of(REAPED, REAPED, REAPED, REAPED, REAPED),
            Situation.TERMINAL, List.of(JOB_CONTROL, JOB_CONTROL, JOB_CONTROL, NO_CTRL_Z, NO_JOB_CONTROL));

    private static final Map<String, Init> PLAIN = Map.of(
            PIDONE, Init.pidone(),
            "tini", Init.tini(),
            "dumb-init", Init.dumbInit(),
            "catatonit", Init.of("catatonit", "/usr/bin/catatonit"),
            "no init", new Init("no init", List.of("env")));

    /**
     * Becomes the init; a child sends it TERM in the moment in which it blocks or catches that: what pidone's launcher
     * catches before is another matter, see StartupIT. An init that waits for signals already does not show them as
     * blocked: then it has started the command, the third process.
     */
    private static final String TERM_WHEN_BLOCKED = """
            exec @ARGV or die if fork;
            for (;;) {
                next if readlink('/proc/1/exe') eq readlink('/proc/self/exe');
                last if -e '/proc/3';
                open my $status, '<', '/proc/1/status' or next;
                last if grep { /^Sig(?:%s):\\s*(\\S+)/ && hex($1) & 1 << 14 } <$status>;
            }
            kill 15, 1""";

    /** Gets TERM before it becomes the init: nobody has blocked it or has a handler for it. */
    private static final String[] TERM_UNBLOCKED = {"perl", "-e", "kill 15, $$; exec @ARGV or die"};

    /** The option that widens or narrows who gets a signal the most. */
    private static final Map<String, String> WIDTH =
            Map.of(PIDONE, "--forward tree", "tini", "-g", "dumb-init", "-c", "catatonit", "-g");

    /** The means that an init has against a command that does not end; that of s6 is a file of the service. */
    private static final Map<String, String> LIMIT = Map.of(PIDONE, "--grace-period 1s", S6, "timeout-kill");

    private static final Map<Set<String>, String> REACHED = Map.of(Set.of("leader"), COMMAND_ONLY,
            Set.of("leader", "member"), GROUP, Set.copyOf(FAMILY), EVERYBODY);

    @TempDir
    private Path scan;

    static Stream<Arguments> cells() {
        return Stream.of(Situation.values())
                .flatMap(situation -> INITS.stream().map(init -> Arguments.of(situation, init)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldDoWhatTheTableSaysWhenInTheSituation(Situation situation, String init) throws IOException {
        assertThat(observe(situation, init)).isEqualTo(expected(situation, init));
    }

    @Test
    void shouldBeTheTableOfTheDocumentation() throws IOException {
        assertThat(Files.readString(Path.of("docs/comparison.md"))).contains(markdown());
    }

    /** What the observations of this test are worth: a command that is PID 1 itself and waits for nobody. */
    @Test
    void shouldSeeZombiesWhenThereIsNoInit() throws IOException {
        assertThat(orphan(launch("no init", orphanMaker()))).isEqualTo(KEPT_ZOMBIE);
        assertThat(orphanOfAnExec(launch("no init", Script.signals("child")))).isEqualTo(KEPT_ZOMBIE);
    }

    /** No init can help it: PID 1 gets no signal that it has neither blocked nor a handler for. */
    @Test
    void shouldLoseTheSignalWhenItCameBeforeTheInitBlockedIt() throws IOException {
        Map<String, Launch> launches = new HashMap<>();
        for (String init : INITS) {
            launches.put(init, launch(init, trapping()).wrappedIn(TERM_UNBLOCKED));
        }
        assertThat(Parallel.map(launches.values(), launch -> start(launch, PATIENCE)).values()).hasSize(INITS.size())
                .containsOnly(LOST);
    }

    private static String expected(Situation situation, String init) {
        return TABLE.get(situation).get(INITS.indexOf(init));
    }

    private static String markdown() {
        String head = "| | " + String.join(" | ", INITS) + " |\n|---" + "|---".repeat(INITS.size()) + "|\n";
        return Stream.of(Situation.values())
                .map(row -> "| " + row.title + " | " + String.join(" | ", TABLE.get(row)) + " |\n")
                .collect(Collectors.joining("", head, ""));
    }

    private String observe(Situation situation, String init) throws IOException {
        return switch (situation) {
            case ORPHAN -> orphan(launch(init, orphanMaker()));
            case TREE -> receiversByOption(init);
            case STARTUP -> startup(init);
            case QUIT -> quit(launch(init, Script.signals("child")));
            case STUBBORN -> stubborn(init);
            case EXEC -> orphanOfAnExec(launch(init, Script.signals("child")));
            case TERMINAL -> terminal(launch(init, "bash", "--norc", "--noediting", "-i"));
        };
    }

    /** The middle process of a double fork ends at once, the orphan when it has got a parent that is not the middle. */
    private static String[] orphanMaker() {
        return new String[] {"perl", "-e", """
                use POSIX ();
                pipe my $reader, my $writer or die;
                my $middle = fork;
                unless ($middle) {
                    my $orphan = fork;
                    unless ($orphan) {
                        $0 = 'orphan';
                        my $parent = POSIX::getppid();
                        select undef, undef, undef, 0.01 while POSIX::getppid() == $parent && $parent != 1;
                        POSIX::_exit(3);
                    }
                    POSIX::_exit(0);
                }
                close $writer;
                waitpid $middle, 0;
                sysread $reader, my $nothing, 1;
                $0 = 'child';
                syswrite STDOUT, "ended orphan\\n";
                POSIX::pause() while 1"""};
    }

    private static String orphan(Launch launch) {
        try (Container container = launch.start()) {
            container.awaitLine("ended orphan");
            String fate = fateOfTheDead(container);
            assertThat(container.find("child")).isPresent();
            return fate;
        }
    }

    private static String orphanOfAnExec(Launch launch) {
        try (Container container = launch.start()) {
            container.awaitLine("ready child");
            assertThat(container.enter(Script.sh("sleep 0.1 & exit 0")).exitCode()).isZero();
            Await.until("the orphan has ended", () -> container.processes().stream()
                    .noneMatch(seen -> seen.name().equals("sleep") && !seen.zombie()));
            String fate = fateOfTheDead(container);
            assertThat(container.find("child")).isPresent();
            return fate;
        }
    }

    private static String fateOfTheDead(Container container) {
        return within(PATIENCE, () -> container.zombies() == 0) ? REAPED : KEPT_ZOMBIE;
    }

    private String receiversByOption(String init) throws IOException {
        String plain = receivers(launch(init, Script.family()));
        Optional<String> option = Optional.ofNullable(WIDTH.get(init));
        return option.isEmpty() ? plain : plain + "; with `" + option.get() + "` " + receivers(
                Launch.of(with(init, List.of(option.get())), Script.family()));
    }

    private static String receivers(Launch launch) {
        try (Container container = launch.start()) {
            FAMILY.forEach(name -> container.awaitLine("ready " + name));
            container.signal(TERM).awaitLine("leader " + TERM);
            Set<String> receivers = new HashSet<>();
            within(PATIENCE, () -> {
                FAMILY.stream().filter(name -> container.lines().contains(name + " " + TERM)).forEach(receivers::add);
                return receivers.size() == FAMILY.size();
            });
            return REACHED.getOrDefault(receivers, receivers.toString());
        }
    }

    private String startup(String init) throws IOException {
        List<Launch> launches = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            String script = TERM_WHEN_BLOCKED.formatted(init.equals(PIDONE) ? "Blk" : "Blk|Cgt");
            launches.add(launch(init, trapping()).wrappedIn("perl", "-e", script));
        }
        // Where none is to be lost, a machine that is slow has all the time it needs.
        Duration patience = init.equals(LOSING) ? PATIENCE : PATIENCE.multipliedBy(10);
        List<String> ends = List.copyOf(Parallel.map(launches, launch -> start(launch, patience)).values());
        return ends.contains(LOST) ? MAY_BE_LOST : KEPT;
    }

    private static String[] trapping() {
        return Script.sh("trap 'exit 42' TERM; echo ready; while :; do sleep 0.05; done");
    }

    /** Lost: the command has come up, has its trap, and yet nothing ends. */
    private static String start(Launch launch, Duration patience) {
        try (Container container = launch.start()) {
            Await.until("it is up or over", () -> container.lines().contains("ready") || !container.alive());
            return within(patience, () -> !container.alive()) ? KEPT : LOST;
        }
    }

    private static String quit(Launch launch) {
        try (Container container = launch.start()) {
            container.awaitLine("ready child").signal(QUIT);
            Await.until("a signal", () -> container.lines().stream().anyMatch(line -> line.matches("child (3|15)")));
            return container.lines().contains("child " + QUIT) ? FORWARDED : TERM_INSTEAD;
        }
    }

    private String stubborn(String init) throws IOException {
        Optional<String> limit = Optional.ofNullable(LIMIT.get(init));
        String[] command = Script.signals("stubborn");
        Launch launch = init.equals(S6) ? service(Map.of(limit.orElseThrow(), "1000\n"), command)
                : Launch.of(with(init, limit.stream().toList()), command);
        try (Container container = launch.start()) {
            container.awaitLine("ready stubborn").signal(TERM).awaitLine("stubborn " + TERM);
            long sent = System.nanoTime();
            boolean ended = within(limit.isPresent() ? PATIENCE.multipliedBy(10) : PATIENCE.multipliedBy(2),
                    () -> container.find("stubborn").isEmpty());
            boolean early = System.nanoTime() - sent < Duration.ofMillis(800).toNanos();
            return !ended ? LIVES_ON : early ? "ended at once" : "`" + limit.orElse("") + "`: killed after it";
        }
    }

    private static String terminal(Launch launch) {
        try (Terminal terminal = Terminal.open(launch.environment("PS1", "$ ").wrappedIn("setsid", "--ctty"))) {
            terminal.await("$ ");
            if (terminal.shown().contains("no job control")) {
                return NO_JOB_CONTROL;
            }
            terminal.enter("sleep 1000").process("sleep");
            terminal.type(CTRL_Z);
            if (!within(PATIENCE, () -> terminal.process("sleep").stopped())) {
                terminal.type(CTRL_C).await("$ ");
                return NO_CTRL_Z;
            }
            terminal.await("Stopped").await("$ ").enter("fg").await("sleep 1000");
            Await.until("it runs again", () -> !terminal.process("sleep").stopped());
            terminal.type(CTRL_C).await("$ ").enter("echo code $?").await("code 130").await("$ ").enter("exit 5");
            assertThat(terminal.awaitExit()).isEqualTo(5);
            return JOB_CONTROL;
        }
    }

    private static boolean within(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        Await.until("it happens or not", () -> condition.getAsBoolean() || System.nanoTime() > end);
        return condition.getAsBoolean();
    }

    /** The init with options before its "--". */
    private static Init with(String init, List<String> options) {
        List<String> line = new ArrayList<>(PLAIN.get(init).command());
        options.forEach(option -> line.addAll(line.size() - 1, List.of(option.split(" "))));
        return new Init(init, line);
    }

    private Launch launch(String init, String... command) throws IOException {
        return init.equals(S6) ? service(Map.of(), command) : Launch.of(PLAIN.get(init), command);
    }

    /** A scan directory with one service that becomes the command. */
    private Launch service(Map<String, String> settings, String... command) throws IOException {
        Path directory = Files.createTempDirectory(scan, "scan");
        Path service = Files.createDirectory(directory.resolve("command"));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            Files.writeString(service.resolve(setting.getKey()), setting.getValue());
        }
        String line = Stream.of(command).map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Path run = Files.writeString(service.resolve("run"), "#!/bin/sh\nexec " + line + "\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Launch.of(new Init(S6, List.of("/usr/bin/s6-svscan")), directory.toString());
    }
}
