package io.pidone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * A {@link ProcessSystem} under test, and children that are gone after each test. The JVM must have no others. A child
 * is looked at from outside, under /proc, when it sleeps.
 */
abstract class ProcessSystemFixture {

    static final Duration DEADLINE = Duration.ofSeconds(20);

    final WaitResult result = new WaitResult();
    private final List<Pid> living = new ArrayList<>();

    @TempDir
    Path directory;

    /** The implementation under test. */
    protected abstract ProcessSystem system();

    @BeforeEach
    void shouldStartWithoutChildren() {
        assertThat(system().waitAny(result)).isEqualTo(Waited.NO_CHILD);
    }

    @AfterEach
    void endChildren() {
        for (Pid pid : living) {
            system().signal(pid, Signal.KILL);
        }
        await().atMost(DEADLINE).until(() -> {
            while (system().waitAny(result) == Waited.ENDED) {
                living.remove(new Pid(result.pid()));
            }
            return system().waitAny(result) == Waited.NO_CHILD;
        });
    }

    static SpawnSpec quiet(String... command) {
        return SpawnSpec.of(command).withRedirect(new Redirect.Null(0));
    }

    SpawnSpec shell(String script) {
        return quiet("/bin/sh", "-c", script).withEnvironment(
                Environment.inherited().with("OUT", directory.resolve("out").toString()));
    }

    Pid spawn(SpawnSpec spec) throws SpawnException {
        Pid pid = system().spawn(spec);
        living.add(pid);
        return pid;
    }

    Pid sleeper() throws Exception {
        return asleep(quiet("sleep", "60"));
    }

    /**
     * Spawns and waits until the child sleeps. spawn returns as soon as the old program's memory is let go, and that is
     * before the kernel has set up the name, the arguments and the environment that /proc shows.
     */
    Pid asleep(SpawnSpec spec) throws Exception {
        Pid pid = spawn(spec);
        await().pollInterval(Duration.ofMillis(1)).atMost(DEADLINE).until(() -> {
            String stat = Files.readString(proc(pid, "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'S' && !Files.readString(proc(pid, "cmdline")).isEmpty();
        });
        return pid;
    }

    ExitStatus end(Pid pid) {
        await().pollInterval(Duration.ofMillis(1)).atMost(DEADLINE)
                .until(() -> system().waitFor(pid, result) == Waited.ENDED);
        assertThat(result.pid()).isEqualTo(pid.value());
        living.remove(pid);
        return result.status();
    }

    String output(SpawnSpec spec) throws Exception {
        assertThat(end(spawn(spec))).isEqualTo(ExitStatus.exited(0));
        return Files.readString(directory.resolve("out"));
    }

    Path executable(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static Path proc(Pid pid, String file) {
        return Path.of("/proc", pid.toString(), file);
    }

    SpawnException failure(SpawnSpec spec) {
        SpawnException failure = catchThrowableOfType(SpawnException.class, () -> spawn(spec));
        assertThat(system().waitAny(result)).as("nothing is left behind").isEqualTo(Waited.NO_CHILD);
        return failure;
    }
}
