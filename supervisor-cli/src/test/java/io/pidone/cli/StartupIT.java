package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Parallel;
import io.pidone.cli.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Signals that come while pidone starts. */
class StartupIT {

    private static final int TERM = 15;

    private static final int RUNS = 200;

    /** A run that has not ended by then has lost its signal. */
    private static final Duration LOST = Duration.ofSeconds(10);

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** 143: before the command had set its trap, or before the command was started; 42: the trap took it. */
    private static final String TAKEN = "(143|42) after .*";

    @Test
    void shouldLoseNoSignalWhenItComesAfterTheyWereBlocked() {
        assertThat(endsOf(StartupIT::hasBlocked)).hasSize(RUNS).allMatch(end -> end.matches(TAKEN));
    }

    /**
     * The kernel throws away what an init has no handler for: nothing can be kept in the first moments, in which the
     * loader of the shell and that of env(1) run. They are about one in a hundred of this time.
     */
    @Test
    void shouldLoseFewSignalsWhenTheyComeFromTheFirstInstructionOn() {
        List<String> ends = endsOf(StartupIT::isPidone);
        assertThat(ends).hasSize(RUNS);
        assertThat(ends).filteredOn(end -> !end.matches(TAKEN)).hasSizeLessThanOrEqualTo(RUNS / 20);
    }

    private static List<String> endsOf(Predicate<Path> ready) {
        Random random = new Random(20_261_124);
        Map<Integer, Long> moments = IntStream.range(0, RUNS).boxed()
                .collect(Collectors.toMap(Function.identity(), run -> random.nextLong(WINDOW_NANOS)));
        return List.copyOf(Parallel.map(moments.keySet(), run -> endOf(ready, moments.get(run))).values());
    }

    private static String endOf(Predicate<Path> ready, long momentNanos) {
        // A shell, since its traps are safe from the first moment on: Perl's handlers may meet its allocator half-way.
        String[] command = Script.sh("trap 'exit 42' TERM; while :; do sleep 0.05; done");
        try (Container container = Launch.of(Init.pidone(), command).start()) {
            Path process = Path.of("/proc/" + container.pidOne());
            Await.until("the launcher is running", () -> ready.test(process));
            // The moment is the stimulus of this test, not a wait for anything.
            LockSupport.parkNanos(momentNanos);
            container.signal(TERM);
            String after = " after " + momentNanos / 1000 + " us";
            try {
                return container.awaitExit(LOST).exitCode() + after;
            } catch (AssertionError stillRunning) {
                return "lost" + after;
            }
        }
    }

    private static boolean isPidone(Path process) {
        return !read(process.resolve("cmdline")).startsWith("unshare");
    }

    private static boolean hasBlocked(Path process) {
        return isPidone(process) && read(process.resolve("status")).lines()
                .filter(line -> line.startsWith("SigBlk:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (TERM - 1) & 1) != 0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
