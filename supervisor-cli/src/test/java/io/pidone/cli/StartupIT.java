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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** Signals that come while pidone starts. */
class StartupIT {

    private static final int TERM = 15;

    /** A run that has not ended by then has lost its signal. */
    private static final Duration LOST = Duration.ofSeconds(10);

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Test
    void shouldLoseNoSignalWhenItComesInTheFirstHundredMilliseconds() {
        Random random = new Random(20_261_124);
        Map<Integer, Long> moments = IntStream.range(0, 200).boxed()
                .collect(Collectors.toMap(Function.identity(), run -> random.nextLong(WINDOW_NANOS)));
        Map<Integer, String> ends = Parallel.map(moments.keySet(), run -> endOf(moments.get(run)));
        // 143: it came before the command could set its trap, or before the command was started; 42: the trap took it.
        assertThat(ends.values()).hasSize(200).allMatch(end -> end.matches("(143|42) after .*"));
    }

    private static String endOf(long momentNanos) {
        // A shell, since its traps are safe from the first moment on: Perl's handlers may meet its allocator half-way.
        String[] command = Script.sh("trap 'exit 42' TERM; while :; do sleep 0.05; done");
        try (Container container = Launch.of(Init.pidone(), command).start()) {
            Path commandLine = Path.of("/proc/" + container.pidOne() + "/cmdline");
            Await.until("the launcher is running", () -> isPidone(commandLine));
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

    private static boolean isPidone(Path commandLine) {
        try {
            return !Files.readString(commandLine, StandardCharsets.ISO_8859_1).startsWith("unshare");
        } catch (IOException gone) {
            return true;
        }
    }
}
