package io.pidone.procfs;

import io.pidone.procfs.Zombies.OfParent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** The process table and the zombies, read from a recorded tree and from the real /proc. */
class ProcfsTest {

    /** The rest of a recorded line behind the session: tty to nice, then threads, itrealvalue, start time and more. */
    private static final String REST =
            " 0 -1 4194560 107 0 0 0 1 2 0 0 20 0 %d 0 %d 2621440 225 18446744073709551615\n";

    @TempDir
    private Path root;

    private void record(int pid, String name, String figures, int threads, long startTicks) throws IOException {
        Path directory = Files.createDirectories(root.resolve(Integer.toString(pid)));
        Files.writeString(directory.resolve("stat"),
                pid + " (" + name + ") " + figures + String.format(REST, threads, startTicks));
    }

    private List<String> table() {
        List<String> rows = new ArrayList<>();
        assertThat(new ProcProcessTable(root).forEach(
                (pid, ppid, pgid, sid, state) -> rows.add(pid + " " + ppid + " " + pgid + " " + sid + " " + state)))
                .isTrue();
        return rows;
    }

    @Test
    void shouldReadAnyName() throws IOException {
        record(1, "init", "S 0 1 1", 1, 5);
        record(20, "a b", "R 1 20 1", 1, 5);
        record(21, ") Z 9 9 9", "S 1 21 1", 1, 5);
        record(22, "((x)\n1 (y)", "T 20 0 0", 1, 5);
        record(4194304, "", "I 0 0 0", 1, 5);
        assertThat(table()).containsExactlyInAnyOrder(
                "1 0 1 1 S", "20 1 20 1 R", "21 1 21 1 S", "22 20 0 0 T", "4194304 0 0 0 I");
    }

    @Test
    void shouldPassOverWhatIsNoProcessOrHasEnded() throws IOException {
        record(7, "here", "S 1 7 7", 1, 5);
        Files.createDirectories(root.resolve("8"));
        Files.createDirectories(root.resolve("9x"));
        Files.createDirectories(root.resolve("self"));
        for (String broken : List.of("", "10 (cut", "10 (cut)", "10 (cut) S 1 ", "10 (cut) S 1 2 x")) {
            Files.writeString(Files.createDirectories(root.resolve("10")).resolve("stat"), broken);
            assertThat(table()).containsExactly("7 1 7 7 S");
        }
    }

    @Test
    void shouldSayWhenThereIsNoTable() throws IOException {
        assertThat(new ProcProcessTable(root).forEach((pid, ppid, pgid, sid, state) -> { })).isFalse();
        assertThat(new ProcProcessTable(root.resolve("none")).forEach((pid, ppid, pgid, sid, state) -> { })).isFalse();
        assertThat(new Zombies(root).byParent()).isEmpty();
    }

    @Test
    void shouldFindItselfInTheRealTable() {
        int self = (int) ProcessHandle.current().pid();
        int parent = ProcessHandle.current().parent().map(handle -> (int) handle.pid()).orElse(0);
        List<Integer> parents = new ArrayList<>();
        boolean mounted = new ProcProcessTable(Path.of("/proc")).forEach((pid, ppid, pgid, sid, state) -> {
            if (pid == self) {
                parents.add(ppid);
                assertThat(state).isIn('R', 'S');
            }
        });
        assertThat(mounted).isTrue();
        assertThat(parents).containsExactly(parent);
    }

    @Test
    void shouldCountZombiesByParent() throws IOException {
        Files.writeString(root.resolve("uptime"), "100.50 180.00\n");
        record(1, "init", "S 0 1 1", 1, 0);
        record(30, "cron", "S 1 30 30", 1, 0);
        record(31, "job", "Z 1 31 30", 1, 9000);
        record(32, "job", "Z 30 32 30", 1, 2000);
        record(33, "job", "Z 30 33 30", 1, 50);
        assertThat(new Zombies(root).byParent().orElseThrow()).containsExactly(
                new OfParent(30, 2, Duration.ofMillis(100_000)), new OfParent(1, 1, Duration.ofMillis(10_500)));
    }

    @Test
    void shouldNotTakeAProcessForAZombieWhileItsThreadsRun() throws IOException {
        record(40, "leaderless", "Z 1 40 40", 3, 0);
        assertThat(new Zombies(root).byParent().orElseThrow()).isEmpty();
        record(41, "ended", "Z 1 41 41", 1, 0);
        assertThat(new Zombies(root).byParent().orElseThrow()).containsExactly(new OfParent(1, 1, Duration.ZERO));
    }

    @Test
    void shouldTellTheAgeOfAProcess() throws IOException {
        record(7, "x", "S 0 1 1", 1, 12_345);
        assertThat(new ProcessDetails(root).age(7)).isEmpty();
        Files.writeString(root.resolve("uptime"), "124.70 1.00\n");
        assertThat(new ProcessDetails(root).age(7)).contains(Duration.ofMillis(1250));
        assertThat(new ProcessDetails(root).age(8)).isEmpty();
    }
}
