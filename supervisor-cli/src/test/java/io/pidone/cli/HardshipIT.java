package io.pidone.cli;

import io.pidone.cli.testing.Cgroup;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import io.pidone.cli.testing.Script;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Places where little works: after the first spawn nothing ends pidone but the end of its command. */
class HardshipIT {

    private static final int TERM = 15;
    private static final String[] NOBODY = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"};
    private static final Init TALKATIVE = Init.pidone("-v", "-v", "-v", "--warn-on-reap");

    @ParameterizedTest
    @ValueSource(strings = {
        "exec 2>&-; exec \"$@\"", "exec 2>/dev/full; exec \"$@\"", "exec <&-; exec \"$@\"",
        "exec <&- 2>&-; exec \"$@\""})
    void shouldCarryOnWhenItsStreamsAreUseless(String preparation) {
        try (Container container = talking(preparation).start()) {
            container.awaitLine("ready child");
            container.enter(Script.sh("sleep 0.05 & exit 0"));
            assertThat(container.signal(TERM).awaitExit().exitCode()).isEqualTo(42);
        }
    }

    @Test
    void shouldCarryOnWhenStdoutIsClosed() {
        Launch launch = Launch.of(TALKATIVE, Script.sh("sh -c 'sleep 0.05 &'; sleep 0.2; exit 42"))
                .wrappedInShell("exec >&-; exec \"$@\"");
        assertThat(launch.run().exitCode()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "broken"})
    void shouldCarryOnWhenStderrIsAPipeThatNobodyReads(String manner) {
        String[] wrapper = Script.perl("pipe.pl", manner);
        try (Container container = Launch.of(TALKATIVE, Script.endsOnTerm("child", 42)).wrappedIn(wrapper).start()) {
            container.awaitLine("ready child");
            for (int round = 0; round < 5; round++) {
                container.enter(Script.sh("sleep 0.02 & exit 0"));
            }
            assertThat(container.signal(TERM).awaitExit().exitCode()).isEqualTo(42);
        }
    }

    @Test
    void shouldForwardAndReapWhenNoProcessCanBeMadeAnyMore() {
        Launch launch = Launch.of(Init.pidone("--forward", "tree"), Script.endsOnTerm("child", 42)).wrappedIn(NOBODY);
        try (Container container = launch.start()) {
            container.awaitLine("ready child");
            // One process for this user from now on, so each fork and each new thread of pidone fails with EAGAIN.
            String[] limit = {"prlimit", "--pid", Long.toString(container.init()), "--nproc=1:1"};
            String[] asItself = Stream.of(NOBODY, limit).flatMap(Stream::of).toArray(String[]::new);
            assertThat(Container.command(asItself)).isEqualTo(new Outcome(0, "", ""));
            container.enter(Script.sh("sleep 0.05 & exit 0"));
            assertThat(container.signal(TERM).awaitExit().exitCode()).isEqualTo(42);
        }
    }

    @Test
    void shouldForwardAndReapWhenTheCgroupHasNoPidLeft() throws IOException {
        try (Cgroup cgroup = Cgroup.create("pids")) {
            Launch launch = Launch.of(TALKATIVE, Script.endsOnTerm("child", 42)).wrappedIn(cgroup.joiner());
            try (Container container = launch.start()) {
                container.awaitLine("ready child");
                cgroup.set("pids.max", cgroup.get("pids.current"));
                container.enter(Script.sh("sleep 0.05 & exit 0"));
                assertThat(container.signal(TERM).awaitExit().exitCode()).isEqualTo(42);
            }
        }
    }

    @Test
    void shouldRunInSixtyFourMebibytes() throws IOException {
        try (Cgroup cgroup = Cgroup.create("memory")) {
            cgroup.limitMemory(64L << 20);
            Outcome outcome = Launch.of(Init.pidone(), Script.orphans(1_000, 20)).wrappedIn(cgroup.joiner()).run();
            assertThat(outcome).isEqualTo(new Outcome(42, "zombies 0\n", ""));
        }
    }

    @Test
    void shouldRunWhenTheRootIsReadOnlyAndThereIsNoTmp() {
        String preparation = "for d in /tmp /var/tmp /dev/shm /run; do mount -t tmpfs -o ro,mode=555 none $d; done;"
                + "mount -o remount,bind,ro / || exit 99; touch /probe 2>/dev/null && exit 98;"
                + "touch /tmp/probe 2>/dev/null && exit 97; exec \"$@\"";
        Outcome outcome = Launch.of(Init.pidone(), Script.sh("(true &); echo ran; exit 42"))
                .wrappedIn("unshare", "--mount").wrappedInShell(preparation).run();
        assertThat(outcome).isEqualTo(new Outcome(42, "ran\n", ""));
    }

    @Test
    void shouldRunWithoutProcWhenNoneIsMounted() {
        String preparation = "while umount -l /proc 2>/dev/null; do :; done;"
                + "test -e /proc/self && exit 99; exec \"$@\"";
        try (Container container = Launch.of(Init.pidone(), Script.endsOnTerm("child", 42))
                .wrappedIn("unshare", "--mount").wrappedInShell(preparation).start()) {
            container.awaitLine("ready child").signal(TERM);
            assertThat(container.awaitExit().exitCode()).isEqualTo(42);
        }
    }

    static Stream<Identity> users() {
        return Stream.of(new Identity("user", NOBODY), new Identity("no privileges", new String[] {"setpriv",
            "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--"}));
    }

    /** A way to become another user. */
    record Identity(String title, String[] wrapper) {
        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("users")
    void shouldForwardAndReapWhenItIsNotRoot(Identity user) {
        try (Container container = Launch.of(Init.pidone(), Script.endsOnTerm("child", 42)).wrappedIn(user.wrapper())
                .start()) {
            container.awaitLine("ready child");
            container.enter(Script.sh("sleep 0.05 & exit 0"));
            assertThat(container.signal(TERM).awaitExit().exitCode()).isEqualTo(42);
        }
    }

    private static Launch talking(String preparation) {
        return Launch.of(TALKATIVE, Script.endsOnTerm("child", 42)).wrappedInShell(preparation);
    }
}
