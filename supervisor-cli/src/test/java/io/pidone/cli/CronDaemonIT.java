package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code pidone cron CRONTAB} as PID 1. */
class CronDaemonIT {

    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int QUIT = 3;
    private static final int USR2 = 12;
    private static final int TERM = 15;

    @TempDir
    private Path directory;

    private Launch cron(String... words) {
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron")), words).in(directory);
    }

    /** Commands write to stdout themselves, so that a line of a test is a line of a command. */
    private Launch plain(String... words) {
        return cron(Stream.concat(Stream.of("--passthrough"), Stream.of(words)).toArray(String[]::new));
    }

    private void crontab(String... lines) throws IOException {
        Files.write(directory.resolve("jobs"), List.of(lines));
    }

    @Test
    void shouldRunEachEntryAtItsTimesWithTheVariablesAboveIt() throws IOException {
        crontab("GREETING=hello", "* * * * * * * echo $GREETING $PIDONE_FIRE_TIME", "GREETING=bye",
                "*/2 * * * * * * echo $GREETING");
        try (Container container = plain("jobs").start()) {
            container.awaitLine("bye");
            Await.until("two greetings",
                    () -> container.lines().stream().filter(line -> line.startsWith("hello")).count() >= 2);
            List<String> times = container.lines().stream().filter(line -> line.startsWith("hello")).toList();
            assertThat(times).doesNotHaveDuplicates().allMatch(line -> line.matches("hello 20.*T.*:..Z"));
            container.signal(TERM);
            assertThat(container.awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldReapOrphansAndNameWhatARunLeavesBehind() throws IOException {
        crontab("PIDONE_NAME=daemons",
                "@reboot (setsid sleep 1000 &); sleep 1001 & (setsid sh -c 'exec 2>/dev/null' &)");
        try (Container container = plain("jobs").start()) {
            container.awaitError("left behind");
            Await.until("no zombie", () -> container.zombies() == 0);
            Outcome outcome = container.signal(TERM).awaitExit();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr()).containsPattern("daemons.*left behind sleep \\(\\d+\\), sleep \\(\\d+\\)");
        }
    }

    @Test
    void shouldEndWhatARunLeavesBehindWhenTheEntrySaysSo() throws IOException {
        crontab("PIDONE_ORPHANS=terminate", "PIDONE_GRACE_PERIOD=100ms",
                "@reboot trap '' TERM; (setsid sleep 1000 &); sleep 1001 & echo started");
        try (Container container = plain("jobs").start()) {
            container.awaitLine("started").awaitError("ending them");
            Await.until("nothing is left", () -> container.find("sleep").isEmpty());
            container.signal(TERM);
            assertThat(container.awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldEndARunWhenItsProcessEndsThoughAGrandchildHoldsItsOutput() throws IOException {
        crontab("* * * * * * * sleep 1000 & echo run");
        try (Container container = cron("jobs").start()) {
            Await.until("three runs", () -> container.lines().stream()
                    .filter(line -> line.contains("stdout: run")).count() >= 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TERM, INT, QUIT})
    void shouldForwardTheStopAndWaitForRuns(int signal) throws IOException {
        crontab("@reboot exec perl -e '$SIG{$_} = sub { print \"got $_[0]\\n\"; select undef, undef, undef, .3; "
                + "print \"ended\\n\"; exit 3 } for qw(TERM INT QUIT); $| = 1; print \"ready\\n\"; sleep 1 while 1'",
                "* * * * * * * echo fired");
        try (Container container = plain("jobs").start()) {
            container.awaitLine("ready").awaitLine("fired").signal(signal);
            Outcome outcome = container.awaitExit();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.lines()).contains("got " + (signal == TERM ? "TERM" : signal == INT ? "INT" : "QUIT"))
                    .endsWith("ended");
        }
    }

    @Test
    void shouldKillWhatStillRunsWhenTheGracePeriodIsUp() throws IOException {
        crontab("@reboot trap '' TERM; echo ready; sleep 1000; sleep 1001");
        try (Container container = plain("--grace-period", "200ms", "jobs").start()) {
            container.awaitLine("ready").signal(TERM);
            Outcome outcome = container.awaitExit();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr()).contains("the grace period is up: sent SIGKILL");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {HUP, USR2})
    void shouldReadTheCrontabAgainAndKeepWhatRuns(int signal) throws IOException {
        crontab("* * * * * * * echo old", "@reboot echo start; sleep 1000");
        try (Container container = plain("jobs").start()) {
            container.awaitLine("old").awaitLine("start");
            crontab("* * * * * * * echo new", "@reboot echo never");
            container.signal(signal).awaitLine("new");
            long old = container.lines().stream().filter("old"::equals).count();
            crontab("61 * * * * * * echo bad");
            container.signal(signal).awaitError("jobs:1:1");
            long before = container.lines().size();
            Await.until("the earlier crontab stays", () -> container.lines().size() > before + 1);
            assertThat(container.lines()).filteredOn("old"::equals).hasSize((int) old);
            assertThat(container.lines()).doesNotContain("never").filteredOn("start"::equals).hasSize(1);
            assertThat(container.process("sleep").zombie()).isFalse();
        }
    }

    @Test
    void shouldSayErrorsOfACrontabAndEndWith2() throws IOException {
        crontab("61 * * * * true", "* * * * *");
        Outcome outcome = cron("jobs", "missing").run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr().lines()).hasSize(3);
        assertThat(outcome.stderr()).startsWith("jobs:1:1: ").contains("\nmissing: cannot be read: no such file");
    }

    @Test
    void shouldGoOnAfterACommandThatCannotBeExecuted() throws IOException {
        crontab("SHELL=/nowhere/sh", "PIDONE_NAME=lost", "* * * * * * * true",
                "SHELL=/bin/sh", "* * * * * * * echo on");
        try (Container container = plain("jobs").start()) {
            container.awaitLine("on").awaitError("lost").awaitError("/nowhere/sh: No such file or directory");
        }
    }

    @Test
    void shouldSurviveJobsThatChangeTheirGroupExitBySignalAndCloseTheirOutput() throws IOException {
        crontab("PIDONE_TIMEOUT=1s", "PIDONE_GRACE_PERIOD=200ms",
                "PIDONE_NAME=mover",
                "@reboot exec perl -e 'setpgrp; $SIG{TERM} = q(IGNORE); fork; setpgrp; sleep 1000'",
                "PIDONE_NAME=crash", "@reboot kill -SEGV $$",
                "PIDONE_NAME=mute", "@reboot exec >&- 2>&- <&-; sleep 0.1; exit 7",
                "PIDONE_TIMEOUT=", "* * * * * * * echo beat");
        try (Container container = plain("jobs").start()) {
            container.awaitLine("beat").awaitError("ended by SIGSEGV").awaitError("exited 7")
                    .awaitError("its grace period is up: sent SIGKILL").awaitError("ended by SIGKILL, its time was up");
            Await.until("no zombie", () -> container.zombies() == 0);
        }
    }

    @Test
    void shouldHandAnInputToTheCommandWithPercentSigns() throws IOException {
        crontab("@reboot cat; echo end%first%second \\% third");
        try (Container container = plain("--dialect", "cronie", "jobs").start()) {
            container.awaitLine("end");
            assertThat(container.lines()).containsExactly("first", "second % third", "end");
        }
    }

    @Test
    void shouldRunCommandsAsTheUserOfTheColumn() throws IOException {
        crontab("@reboot nobody id -un; pwd; echo $HOME $LOGNAME", "@reboot nosuchuser true");
        try (Container container = plain("--user-column", "jobs").start()) {
            container.awaitLine("nobody").awaitError("no user 'nosuchuser'");
            Await.until("four lines", () -> container.lines().size() == 3);
            assertThat(container.lines().get(2)).endsWith(" nobody");
        }
    }

    @Test
    void shouldBeASubreaperWhenItIsNotPidOne() throws IOException {
        crontab("@reboot (sleep 1000 &) ; (sh -c 'sleep 0.1' &)");
        try (Container container = plain("jobs").notPidOne().start()) {
            container.awaitError("left behind");
            Seen sleeper = container.process("sleep");
            Await.until("adopted", () -> container.processes().stream()
                    .anyMatch(p -> p.name().equals("sleep") && p.hostParent() == container.init()));
            assertThat(sleeper.zombie()).isFalse();
            container.signal(TERM);
            assertThat(container.awaitExit().exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"ok, 0, ''", "fails, 5, ''", "slow, 124, its time was up", "jobs:8, 143, ''"})
    void shouldRunOneEntryNowAndEndWithItsCode(String name, int code, String said) throws IOException {
        crontab("PIDONE_RETRY=3", "PIDONE_NAME=ok", "@daily true", "PIDONE_NAME=fails", "@daily echo out; exit 5",
                "PIDONE_TIMEOUT=200ms", "PIDONE_NAME=slow", "@daily sleep 1000", "PIDONE_TIMEOUT=",
                "@daily kill -TERM $$");
        Outcome outcome = cron("run", "jobs", name.equals("jobs:8") ? "jobs:10" : name).run();
        assertThat(outcome.exitCode()).isEqualTo(code);
        assertThat(outcome.stderr()).contains(said);
        assertThat(outcome.stdout()).isEqualTo(name.equals("fails") ? "out\n" : "");
    }

    @Test
    void shouldForwardSignalsToTheOneEntryThatRuns() throws IOException {
        crontab("PIDONE_NAME=x", "@daily trap 'echo got; exit 9' INT; echo ready; while :; do sleep 0.05; done");
        try (Container container = cron("run", "jobs", "x").start()) {
            container.awaitLine("ready").signal(INT);
            Outcome outcome = container.awaitExit();
            assertThat(outcome.exitCode()).isEqualTo(9);
            assertThat(outcome.lines()).containsExactly("ready", "got");
        }
    }

    @Test
    void shouldNameTheEntriesWhenThereIsNoSuchOne() throws IOException {
        crontab("PIDONE_NAME=a", "@daily true", "@daily true");
        Outcome outcome = cron("run", "jobs", "b").run();
        assertThat(outcome).isEqualTo(new Outcome(2, "", "pidone cron run: jobs has no entry 'b'; it has a, jobs:3\n"));
    }

    @Test
    void shouldTakeOptionsFromTheEnvironment() throws IOException {
        crontab("@reboot sleep 1000");
        Outcome outcome = cron("jobs").environment("PIDONE_TIMEOUT", "soon").run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("'soon' is no duration");
    }
}
