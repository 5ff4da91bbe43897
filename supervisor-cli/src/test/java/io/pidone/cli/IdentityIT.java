package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import static org.assertj.core.api.Assertions.assertThat;

/** As whom and where the command runs, and pidone's own place among the processes. */
class IdentityIT {

    private static final int TERM = 15;
    private static final String[] WHO = Script.sh("echo $(id -u):$(id -g):$(id -G)");

    @ParameterizedTest
    @CsvSource({
        "nobody, 65534:65534:65534", "nobody:daemon, 65534:1:1", "65534, 65534:65534:65534",
        "65534:1, 65534:1:1", "12345:54321, 12345:54321:54321", "daemon:nogroup, 1:65534:65534", "root, 0:0:0"})
    void shouldRunTheCommandAsTheUserWhenOneIsGiven(String user, String identity) {
        Outcome outcome = Launch.of(Init.pidone("--user", user), WHO).run();
        assertThat(outcome).isEqualTo(new Outcome(0, identity + "\n", ""));
    }

    @ParameterizedTest
    @CsvSource({"no-such-user, no-such-user", "nobody:no-such-group, no-such-group"})
    void shouldFailBeforeTheSpawnWhenTheUserIsUnknown(String user, String named) {
        Outcome outcome = Launch.of(Init.pidone("--user", user), Script.sh("echo ran")).run();
        assertThat(outcome.exitCode()).isIn(1, 2);
        assertThat(outcome.stderr()).contains(named);
        assertThat(outcome.stdout()).isEmpty();
    }

    @Test
    void shouldForwardSignalsWhenTheCommandRunsAsAnotherUser() {
        Init init = Init.pidone("--user", "nobody");
        try (Container container = Launch.of(init, Script.endsOnTerm("child", 6)).start()) {
            container.awaitLine("ready child").signal(TERM);
            assertThat(container.awaitExit().exitCode()).isEqualTo(6);
        }
    }

    @Test
    void shouldHaveNoCapabilitiesWhenItRunsAsAnotherUser() {
        Outcome outcome = Launch.of(Init.pidone("--user", "nobody"), "grep", "^CapEff", "/proc/self/status").run();
        assertThat(outcome).isEqualTo(new Outcome(0, "CapEff:\t0000000000000000\n", ""));
    }

    @Test
    void shouldKeepItsOwnUserWhenTheCommandRunsAsAnother() {
        Init init = Init.pidone("--user", "nobody");
        Outcome outcome = Launch.of(init, Script.sh("stat -L -c %u /proc/1 /proc/self")).run();
        assertThat(outcome).isEqualTo(new Outcome(0, "0\n65534\n", ""));
    }

    @Test
    void shouldEndWith126WhenTheUserMayNotExecuteTheCommand() {
        Outcome outcome = Launch.of(Init.pidone("--user", "nobody"), "/etc/shadow").run();
        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stderr()).contains("/etc/shadow");
    }

    @Test
    void shouldFailBeforeTheSpawnWhenItMayNotBecomeTheUser() {
        Outcome outcome = Launch.of(Init.pidone("--user", "daemon"), Script.sh("echo ran"))
                .wrappedIn("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--").run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains("daemon");
    }

    @Test
    void shouldRunTheCommandInTheDirectoryWhenOneIsGiven() {
        assertThat(Launch.of(Init.pidone("--chdir", "/usr/share"), "pwd").run())
                .isEqualTo(new Outcome(0, "/usr/share\n", ""));
    }

    @Test
    void shouldFailBeforeTheSpawnWhenTheDirectoryDoesNotExist() {
        Outcome outcome = Launch.of(Init.pidone("--chdir", "/no/such/directory"), "true").run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("/no/such/directory");
    }

    static List<Init> subreapers() {
        return List.of(Init.pidone("--subreaper"), Init.pidoneTini("-s"), Init.tini("-s"));
    }

    @ParameterizedTest
    @MethodSource("subreapers")
    void shouldAdoptAndReapOrphansWhenItIsASubreaper(Init init) {
        try (Container container = Launch.of(init, Script.family()).notPidOne().start()) {
            container.awaitLine("ready orphan").awaitLine("ready leader");
            long parent = container.process("leader").hostParent();
            assertThat(parent).isNotEqualTo(container.pidOne());
            assertThat(container.process("orphan").hostParent()).isEqualTo(parent);
            Container.signal(container.process("orphan").hostPid(), 9);
            Await.until("it was reaped", () -> container.find("orphan").isEmpty());
        }
    }

    static List<Init> bystanders() {
        return List.of(Init.pidone(), Init.pidoneTini(), Init.tini());
    }

    @ParameterizedTest
    @MethodSource("bystanders")
    void shouldNotAdoptOrphansWhenItIsNeitherPidOneNorSubreaper(Init init) {
        try (Container container = Launch.of(init, Script.family()).notPidOne().start()) {
            container.awaitLine("ready orphan").awaitLine("ready leader");
            assertThat(container.process("leader").hostParent()).isNotEqualTo(container.pidOne());
            assertThat(container.process("orphan").hostParent()).isEqualTo(container.pidOne());
        }
    }

    static List<Init> pdeathsigs() {
        return List.of(Init.pidone("--pdeathsig", "TERM"), Init.pidone("--pdeathsig", "SIGTERM"),
                Init.pidoneTini("-s", "-p", "SIGTERM"), Init.tini("-s", "-p", "SIGTERM"));
    }

    @ParameterizedTest
    @MethodSource("pdeathsigs")
    void shouldGetAndForwardTheSignalWhenItsParentDies(Init init) {
        try (Container container = underParent(init).start()) {
            long parent = Long.parseLong(container.awaitLine("ready child").awaitAfter("parent "));
            container.enter("sh", "-c", "kill -9 " + parent);
            assertThat(container.awaitLine("child 15").lines()).contains("child 15");
        }
    }

    @Test
    void shouldGetNoSignalWhenItsParentDiesAndNoneWasAskedFor() {
        try (Container container = underParent(Init.pidone()).start()) {
            long parent = Long.parseLong(container.awaitLine("ready child").awaitAfter("parent "));
            container.enter("sh", "-c", "kill -9 " + parent);
            Container.signal(container.process("child").hostPid(), 12);
            assertThat(container.awaitLine("child 12").lines()).doesNotContain("child 15");
        }
    }

    /** PID 1 is a shell that stays, below it another one that can be killed, below that the init. */
    private static Launch underParent(Init init) {
        return Launch.of(init, Script.signals("child"))
                .wrappedInShell("sh -c 'echo parent $$; \"$@\"; exit 0' sh \"$@\"; sleep 1000; exit 0").notPidOne();
    }

    @Test
    void shouldNameTheOrphanWhenItIsToWarnOfReaping() {
        String[] command = Script.sh("sh -c 'sh -c \"echo orphan \\$\\$; exec sleep 0.1\" &'; sleep 0.4");
        Outcome warned = Launch.of(Init.pidone("--warn-on-reap"), command).run();
        Outcome silent = Launch.of(Init.pidone(), command).run();
        String orphan = warned.stdout().trim().replace("orphan ", "");
        assertThat(warned.exitCode()).isZero();
        assertThat(warned.stderr().lines()).hasSize(1).allMatch(line -> line.matches(".*\\b" + orphan + "\\b.*"));
        assertThat(silent.stderr()).isEmpty();
    }
}
