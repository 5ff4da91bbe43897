package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Cgroup;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** The cron where little works: whatever happens to one run, the schedule goes on. */
class CronHardshipIT {

    private static final int TERM = 15;

    @TempDir
    private Path directory;

    @BeforeEach
    void everyUserMayRead() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private Launch cron(String... lines) throws IOException {
        Path crontab = Path.of("/opt").resolve("pidone-crontab-" + ProcessHandle.current().pid());
        Files.write(crontab, List.of(lines));
        crontab.toFile().deleteOnExit();
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron")), crontab.toString());
    }

    /** Each run leaves one byte in a file, since stdout may be what does not work. */
    private long beats() {
        return directory.resolve("beats").toFile().length();
    }

    private String beat() {
        return "* * * * * * * echo output; printf x >>" + directory.resolve("beats");
    }

    private void awaitBeats(int more) {
        long before = beats();
        Await.until(more + " runs", () -> beats() >= before + more);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "exec 1>/dev/full 2>/dev/full", "exec 1>&- 2>&-", "exec <&- 1>&- 2>&-", "exec 2>&-"})
    void shouldGoOnWhenItsStreamsAreUseless(String preparation) throws IOException {
        try (Container container = cron(beat()).wrappedInShell(preparation + "; exec \"$@\"").start()) {
            awaitBeats(3);
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldGoOnWhenTheReaderOfItsOutputHasGone() throws IOException {
        String script = "mkfifo " + directory + "/p; head -n 3 <" + directory + "/p >&2 & exec \"$@\" >" + directory
                + "/p 2>&1";
        try (Container container = cron(beat()).wrappedInShell(script).start()) {
            awaitBeats(4);
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldFireOnAndStopWhenNobodyReadsItsOutput() throws IOException {
        String flood = "* * * * * * * head -c 1000000 /dev/zero | tr '\\0' 'a'";
        String script = "mkfifo " + directory + "/p; sleep 1000 <>" + directory + "/p & exec \"$@\" >" + directory
                + "/p 2>&1";
        // What only writes to a file still runs; what floods is held back by its pipe.
        try (Container container = cron("* * * * * * * printf x >>" + directory.resolve("beats"), flood)
                .wrappedInShell(script).start()) {
            awaitBeats(5);
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldGoOnWhenThereIsNoProcessForARun() throws IOException {
        try (Cgroup cgroup = Cgroup.create("pids")) {
            try (Container container = cron("PIDONE_NAME=beat", beat()).wrappedIn(cgroup.joiner()).start()) {
                awaitBeats(1);
                // Below what there is: nothing new, whichever run has just ended.
                cgroup.set("pids.max", "1");
                container.awaitOutput("beat", "cannot be started: /bin/sh: Resource temporarily unavailable");
                cgroup.set("pids.max", "max");
                awaitBeats(2);
                assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
            }
        }
    }

    @Test
    void shouldGoOnWhenThereIsNoDescriptorForARun() throws IOException {
        String hog = "@reboot sleep 1000";
        String[] lines = new String[60];
        Arrays.fill(lines, hog);
        lines[59] = beat();
        try (Container container = cron(lines).wrappedIn("prlimit", "--nofile=80:80").start()) {
            container.awaitOutput("cannot be started", "Too many open files");
            container.enter("pkill", "sleep");
            awaitBeats(2);
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldRunAsAUserWithoutPrivilegesOnAReadOnlyRoot() throws IOException {
        String preparation = "for d in /tmp /var/tmp /dev/shm /run; do mount -t tmpfs -o ro,mode=555 none $d; done;"
                + "mount -o remount,bind,ro / || exit 99; touch /probe 2>/dev/null && exit 98;"
                + "exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all \"$@\"";
        try (Container container = cron("PIDONE_NAME=who", "* * * * * * * id -u")
                .wrappedIn("unshare", "--mount").wrappedInShell(preparation).start()) {
            container.awaitOutput("who", "65534");
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldRunInNinetySixMebibytes() throws IOException {
        try (Cgroup cgroup = Cgroup.create("memory")) {
            cgroup.limitMemory(96L << 20);
            String flood = "@reboot head -c 99000000 /dev/zero | tr '\\0' '\\n'";
            try (Container container = cron(beat(), flood).wrappedIn(cgroup.joiner()).start()) {
                awaitBeats(5);
                assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
            }
        }
    }

    @Test
    void shouldEndByCtrlCInATerminal() throws IOException {
        Launch launch = cron("PIDONE_NAME=beat", "* * * * * * * echo output").wrappedIn("setsid", "--ctty");
        try (Terminal terminal = Terminal.open(launch)) {
            terminal.await("output").await("output").type("\u0003").await("received SIGINT, stopping").await("stopped");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    @Test
    void shouldStopWhenTheSignalComesAtAnyMomentOfTheStart() throws IOException {
        for (int round = 0; round < 20; round++) {
            try (Container container = cron("@reboot exec sleep 1000").start()) {
                long init = container.init();
                long until = System.nanoTime() + round * 20_000_000L;
                Await.until("the moment", () -> System.nanoTime() >= until
                        && Files.readString(Path.of("/proc/" + init + "/comm")).startsWith("java"));
                Container.signal(init, TERM);
                Outcome outcome = container.awaitExit();
                assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            }
        }
    }
}
