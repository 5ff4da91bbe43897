package io.pidone.process;

import io.pidone.process.SpawnSpec.Placement;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What every {@link ProcessSystem} on Linux owes its users, tested through the port alone. Which program a child
 * executes is the topic of {@link ProgramContract}.
 */
public abstract class ProcessSystemContract extends ProcessSystemFixture {

    private static final int NOBODY = 65534;

    /** Those whose default disposition does not end a process, see signal(7). */
    private static final SignalSet HARMLESS = SignalSet.of(Signal.CHLD, Signal.CONT, Signal.STOP, Signal.TSTP,
            Signal.TTIN, Signal.TTOU, Signal.of(23), Signal.WINCH);

    /** 32 and 33: the threads library decides, whatever the parent was started with. */
    private static final long THREAD_SIGNALS = SignalSet.of(Signal.of(32), Signal.of(33)).bits();

    /** Whether it can start a child as another user; if not, it says so by an UnsupportedOperationException. */
    protected abstract boolean changesCredentials();

    private static String statusLine(Path status, String key) throws IOException {
        return Files.readAllLines(status).stream().filter(line -> line.startsWith(key + ":")).findFirst().orElseThrow()
                .substring(key.length() + 1).strip();
    }

    private static long statusBits(Pid pid, String key) throws IOException {
        return Long.parseUnsignedLong(statusLine(proc(pid, "status"), key), 16);
    }

    /** Parent, group and session: fields 4 to 6 of proc_pid_stat(5). */
    private static int statField(Pid pid, int field) throws IOException {
        String stat = Files.readString(proc(pid, "stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field - 3]);
    }

    @Test
    void shouldKnowItself() {
        assertThat(system().self().value()).isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void shouldTellSuccessFromFailure() throws Exception {
        assertThat(end(spawn(quiet("true"))).success()).isTrue();
        assertThat(end(spawn(quiet("false"))).success()).isFalse();
    }

    @Test
    void shouldTellEveryExitCode() throws Exception {
        for (int code = 0; code < 256; code++) {
            assertThat(end(spawn(quiet("sh", "-c", "exit " + code)))).isEqualTo(ExitStatus.exited(code));
        }
    }

    @Test
    void shouldTellEverySignalThatEndsAProcess() throws Exception {
        for (int number = 1; number <= Signal.MAX; number++) {
            Signal signal = Signal.of(number);
            if (!HARMLESS.contains(signal)) {
                Pid pid = spawn(shell("ulimit -c 0; exec sleep 60").withDefaultSignals(SignalSet.ALL));
                assertThat(system().signal(pid, signal)).isEqualTo(Delivery.SENT);
                assertThat(end(pid)).isEqualTo(ExitStatus.signaled(signal));
            }
        }
    }

    @Test
    void shouldHaveExecutedTheProgramWhenSpawnReturns() throws Exception {
        for (int i = 0; i < 20; i++) {
            Path program = Files.readSymbolicLink(proc(spawn(quiet("sleep", "60")), "exe"));
            assertThat(program).isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/exe")));
        }
    }

    @Test
    void shouldPassArgumentsUnchanged() throws Exception {
        Pid pid = asleep(quiet("sh", "-c", "sleep 60; :", "", "a b", "$HOME *", "\n"));
        assertThat(Files.readString(proc(pid, "cmdline")))
                .isEqualTo("sh\0-c\0sleep 60; :\0\0a b\0$HOME *\0\n\0");
        system().signal(ProcessGroup.ledBy(pid), Signal.KILL);
    }

    private static Set<String> environment(Path environ) throws IOException {
        return new TreeSet<>(List.of(Files.readString(environ, StandardCharsets.ISO_8859_1).split("\0")));
    }

    @Test
    void shouldInheritTheEnvironment() throws Exception {
        assertThat(environment(proc(sleeper(), "environ"))).isEqualTo(environment(Path.of("/proc/self/environ")));
    }

    @Test
    void shouldGiveExactlyTheEnvironmentAskedFor() throws Exception {
        SpawnSpec spec = quiet("/bin/sleep", "60");
        Pid pid = asleep(spec.withEnvironment(Environment.exactly(List.of("A=1", "EMPTY=", "B=x=y"))));
        assertThat(Files.readString(proc(pid, "environ"))).isEqualTo("A=1\0EMPTY=\0B=x=y\0");
        Pid bare = asleep(spec.withEnvironment(Environment.exactly(List.of())));
        assertThat(Files.readString(proc(bare, "environ"))).isEmpty();
    }

    @Test
    void shouldChangeSingleVariables() throws Exception {
        Environment environment = Environment.exactly(List.of("A=1", "AB=2", "C=3"))
                .with("A", "changed").with("NEW", "n").without("C").without("ABSENT").with("NEW", "last");
        Pid pid = asleep(quiet("/bin/sleep", "60").withEnvironment(environment));
        assertThat(environment(proc(pid, "environ"))).containsExactlyInAnyOrder("A=changed", "AB=2", "NEW=last");
    }

    @Test
    void shouldChangeAnInheritedEnvironment() throws Exception {
        Set<String> expected = environment(Path.of("/proc/self/environ"));
        expected.removeIf(entry -> entry.startsWith("PATH="));
        expected.add("PIDONE_TEST=yes");
        Environment changed = Environment.inherited().without("PATH").with("PIDONE_TEST", "yes");
        Pid pid = asleep(quiet("/bin/sleep", "60").withEnvironment(changed));
        assertThat(environment(proc(pid, "environ"))).isEqualTo(expected);
    }

    @Test
    void shouldStartInItsDirectory() throws Exception {
        assertThat(failure(quiet("true").withDirectory("/no/such/directory")).errno()).isEqualTo(Errno.ENOENT);
        Pid there = asleep(quiet("sleep", "60").withDirectory(directory.toString()));
        assertThat(Files.readSymbolicLink(proc(there, "cwd"))).isEqualTo(directory.toRealPath());
        assertThat(Files.readSymbolicLink(proc(sleeper(), "cwd"))).isEqualTo(Path.of("").toRealPath());
    }

    @Test
    void shouldPlaceInGroupAndSession() throws Exception {
        Pid self = system().self();
        SpawnSpec spec = quiet("sleep", "60");
        Pid group = asleep(spec.withPlacement(Placement.OWN_GROUP));
        assertThat(statField(group, 5)).isEqualTo(group.value());
        assertThat(statField(group, 6)).isEqualTo(statField(self, 6));
        Pid session = asleep(spec.withPlacement(Placement.OWN_SESSION));
        assertThat(statField(session, 5)).isEqualTo(session.value());
        assertThat(statField(session, 6)).isEqualTo(session.value());
        Pid parents = asleep(spec.withPlacement(Placement.PARENTS_GROUP));
        assertThat(statField(parents, 5)).isEqualTo(statField(self, 5));
        assertThat(statField(parents, 4)).isEqualTo(self.value());
    }

    @Test
    void shouldStartWithTheSignalMaskAskedFor() throws Exception {
        assertThat(statusBits(sleeper(), "SigBlk")).isZero();
        SignalSet mask = SignalSet.of(Signal.TERM, Signal.QUIT, Signal.of(40), Signal.of(64));
        assertThat(statusBits(asleep(quiet("sleep", "60").withSignalMask(mask)), "SigBlk")).isEqualTo(mask.bits());
    }

    @Test
    void shouldIgnoreWhatTheParentIgnoresUnlessToldOtherwise() throws Exception {
        long ignored = statusBits(system().self(), "SigIgn");
        Pid inheriting = sleeper();
        long inherited = statusBits(inheriting, "SigIgn");
        assertThat(inherited | THREAD_SIGNALS).isEqualTo(ignored | THREAD_SIGNALS);
        assertThat(inherited & ~ignored).as("ignored though the parent does not").isZero();
        assertThat(statusBits(inheriting, "SigCgt")).isZero();
        Pid reset = asleep(quiet("sleep", "60").withDefaultSignals(SignalSet.ALL));
        assertThat(statusBits(reset, "SigIgn")).isZero();
    }

    private static Path descriptor(Pid pid, int descriptor) {
        return proc(pid, "fd/" + descriptor);
    }

    @Test
    void shouldRedirectInOrder() throws Exception {
        Path stdout = Files.readSymbolicLink(descriptor(system().self(), 1));
        Pid pid = asleep(quiet("sleep", "60").withRedirect(new Redirect.Duplicate(7, 1))
                .withRedirect(new Redirect.Null(1)).withRedirect(new Redirect.Duplicate(8, 1)));
        assertThat(Files.readSymbolicLink(descriptor(pid, 7))).isEqualTo(stdout);
        assertThat(Files.readSymbolicLink(descriptor(pid, 1))).hasToString("/dev/null");
        assertThat(Files.readSymbolicLink(descriptor(pid, 8))).hasToString("/dev/null");
    }

    @Test
    void shouldCloseWhatItIsTold() throws Exception {
        Pid closed = asleep(SpawnSpec.of("sleep", "60").withRedirect(new Redirect.Close(0)));
        Pid open = sleeper();
        assertThat(Files.exists(descriptor(closed, 0), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(Files.readSymbolicLink(descriptor(open, 0))).hasToString("/dev/null");
    }

    @Test
    void shouldKeepOpenWhatIsDuplicatedOntoItself() throws Exception {
        Path file = Files.writeString(directory.resolve("kept"), "x").toRealPath();
        try (FileInputStream stream = new FileInputStream(file.toFile())) {
            assertThat(stream.available()).isEqualTo(1);
            int number = descriptorOf(file);
            Pid pid = asleep(quiet("sleep", "60").withRedirect(new Redirect.Duplicate(number, number)));
            assertThat(Files.readSymbolicLink(descriptor(pid, number))).isEqualTo(file);
        }
    }

    private static int descriptorOf(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : descriptors.toList()) {
                if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(file)) {
                    return Integer.parseInt(link.getFileName().toString());
                }
            }
        }
        throw new AssertionError("not open: " + file);
    }

    @Test
    void shouldNotLeakWhatTheRuntimeOpened() throws Exception {
        String home = Path.of(System.getProperty("java.home")).toRealPath().toString();
        String listed = output(shell("ls -l /proc/$$/fd > \"$OUT\""));
        assertThat(listed).contains("/dev/null").doesNotContain(".jar", ".jsa", home);
        try (Stream<Path> own = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(own.filter(Files::exists).map(ProcessSystemContract::target)).as("the runtime has such files")
                    .anyMatch(target -> target.endsWith(".jar") || target.startsWith(home));
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void shouldTellNoChildFromNoneReady() throws Exception {
        assertThat(system().waitAny(result)).isEqualTo(Waited.NO_CHILD);
        assertThat(system().peekAny(result)).isEqualTo(Waited.NO_CHILD);
        Pid pid = sleeper();
        assertThat(system().waitAny(result)).isEqualTo(Waited.NONE_READY);
        assertThat(system().waitFor(pid, result)).isEqualTo(Waited.NONE_READY);
        assertThat(system().peekAny(result)).isEqualTo(Waited.NONE_READY);
        assertThat(system().waitFor(Pid.ONE, result)).isEqualTo(Waited.NO_CHILD);
    }

    @Test
    void shouldReapAnyChildOnce() throws Exception {
        Set<Integer> expected = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            expected.add(spawn(quiet("true")).value());
        }
        Set<Integer> reaped = new TreeSet<>();
        await().atMost(DEADLINE).until(() -> {
            Waited waited = system().waitAny(result);
            if (waited == Waited.ENDED) {
                assertThat(reaped.add(result.pid())).isTrue();
            }
            return waited == Waited.NO_CHILD || reaped.size() == expected.size();
        });
        assertThat(reaped).isEqualTo(expected);
        assertThat(system().waitAny(result)).isEqualTo(Waited.NO_CHILD);
    }

    @Test
    void shouldLeaveAZombieThatWasPeekedAt() throws Exception {
        Pid pid = spawn(quiet("sh", "-c", "exit 7"));
        await().atMost(DEADLINE).until(() -> system().peekAny(result) == Waited.ENDED);
        assertThat(result.pid()).isEqualTo(pid.value());
        assertThat(system().peekAny(result)).isEqualTo(Waited.ENDED);
        assertThat(system().waitFor(pid, result)).isEqualTo(Waited.ENDED);
        assertThat(result.status()).isEqualTo(ExitStatus.exited(7));
        assertThat(system().waitFor(pid, result)).isEqualTo(Waited.NO_CHILD);
    }

    @Test
    void shouldTellOfAStopOnce() throws Exception {
        Pid pid = sleeper();
        system().signal(pid, Signal.STOP);
        await().atMost(DEADLINE).until(() -> system().waitFor(pid, result) == Waited.STOPPED);
        assertThat(result.pid()).isEqualTo(pid.value());
        assertThat(result.stopSignal()).isEqualTo(Signal.STOP);
        assertThat(system().waitFor(pid, result)).isEqualTo(Waited.NONE_READY);
        assertThat(system().peekAny(result)).isEqualTo(Waited.NONE_READY);
        system().signal(pid, Signal.KILL);
        assertThat(end(pid)).isEqualTo(ExitStatus.signaled(Signal.KILL));
    }

    @Test
    void shouldTellWhatAChildUsed() throws Exception {
        end(spawn(quiet("true")));
        long idle = result.userMicros() + result.systemMicros();
        end(spawn(quiet("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done")));
        assertThat(result.userMicros()).isGreaterThan(20_000).isGreaterThan(idle);
        assertThat(result.maxRssKiB()).isBetween(100L, 1_000_000L);
        assertThat(result.usage().userMicros()).isEqualTo(result.userMicros());
    }

    @Test
    void shouldTellWhetherASignalWasDelivered() throws Exception {
        Pid pid = sleeper();
        ProcessGroup group = ProcessGroup.ledBy(pid);
        assertThat(system().signal(pid, Signal.WINCH)).isEqualTo(Delivery.SENT);
        assertThat(system().signal(group, Signal.TERM)).isEqualTo(Delivery.SENT);
        await().atMost(DEADLINE).until(() -> system().peekAny(result) == Waited.ENDED);
        assertThat(system().signal(pid, Signal.TERM)).as("a zombie is not gone").isEqualTo(Delivery.SENT);
        assertThat(end(pid)).isEqualTo(ExitStatus.signaled(Signal.TERM));
        assertThat(system().signal(pid, Signal.TERM)).isEqualTo(Delivery.NO_SUCH_PROCESS);
        assertThat(system().signal(group, Signal.TERM)).isEqualTo(Delivery.NO_SUCH_PROCESS);
    }

    private Pid orphan() throws Exception {
        return new Pid(Integer.parseInt(output(shell("sleep 60 > /dev/null 2>&1 & echo $! > \"$OUT\"")).strip()));
    }

    @Test
    void shouldAdoptOrphansOnlyWhenAsked() throws Exception {
        system().adoptOrphans(true);
        Pid adopted = orphan();
        assertThat(system().waitFor(adopted, result)).isEqualTo(Waited.NONE_READY);
        system().signal(adopted, Signal.KILL);
        assertThat(end(adopted)).isEqualTo(ExitStatus.signaled(Signal.KILL));
        system().adoptOrphans(false);
        Pid elsewhere = orphan();
        assertThat(system().waitFor(elsewhere, result)).isEqualTo(Waited.NO_CHILD);
        assertThat(system().signal(elsewhere, Signal.KILL)).isEqualTo(Delivery.SENT);
    }

    @Test
    void shouldStartAsAnotherUserOrRefuse() throws Exception {
        SpawnSpec spec = quiet("/bin/sleep", "60").withCredentials(new Credentials(NOBODY, NOBODY, List.of()));
        if (!changesCredentials()) {
            assertThatThrownBy(() -> spawn(spec)).isInstanceOf(UnsupportedOperationException.class);
            return;
        }
        if (!statusLine(Path.of("/proc/self/status"), "Uid").startsWith("0\t")) {
            assertThat(failure(spec).errno()).isEqualTo(Errno.EPERM);
            return;
        }
        Path status = proc(asleep(spec), "status");
        String four = String.join("\t", List.of("65534", "65534", "65534", "65534"));
        assertThat(statusLine(status, "Uid")).isEqualTo(four);
        assertThat(statusLine(status, "Gid")).isEqualTo(four);
        assertThat(statusLine(status, "Groups")).isEmpty();
        assertThat(statusLine(Path.of("/proc/self/status"), "Uid")).as("the parent's own").startsWith("0\t");
    }

    @Test
    void shouldSpawnFromManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Pid>> calls = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                String script = "exit " + i;
                calls.add(() -> system().spawn(quiet("sh", "-c", script)));
            }
            int code = 0;
            for (Future<Pid> spawned : threads.invokeAll(calls)) {
                assertThat(end(spawned.get())).isEqualTo(ExitStatus.exited(code++));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
