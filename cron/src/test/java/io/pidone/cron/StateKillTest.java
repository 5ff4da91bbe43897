package io.pidone.cron;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A process that is killed at any moment has lost nothing of what it knew to be on disk. */
class StateKillTest {

    private static final int ROUNDS = 40;
    private static final int LONGEST_LIFE_MICROS = 60_000;

    @TempDir
    private Path directory;
    private final RecordedEvents events = new RecordedEvents();
    private final Map<String, Long> newest = new TreeMap<>();

    @Test
    void shouldLoseNothingThatWasAcknowledged() throws Exception {
        Random random = new Random();
        int readWhileWritten = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process recorder = recorder();
            long acknowledged;
            try (BufferedReader lines = recorder.inputReader()) {
                acknowledged = Long.parseLong(lines.readLine());
                if (round == 0) {
                    assertThatThrownBy(() -> StateFile.open(directory, StateWorld.NOW, events))
                            .isInstanceOf(StateInUseException.class);
                }
                long end = System.nanoTime() + random.nextInt(LONGEST_LIFE_MICROS) * 1000L;
                while (System.nanoTime() < end) {
                    shouldHoldAllUpTo(acknowledged);
                    readWhileWritten++;
                }
                // Unlike the process, its handle leaves the pipe open.
                recorder.toHandle().destroyForcibly();
                acknowledged = lastLine(lines, acknowledged);
            } finally {
                recorder.destroyForcibly().waitFor();
            }
            shouldHoldAllUpTo(acknowledged);
            StateFile.open(directory, Instant.MAX.minus(Duration.ofDays(1000)), events).close();
        }
        assertThat(events.degraded()).isEmpty();
        assertThat(readWhileWritten).isGreaterThan(ROUNDS);
    }

    private Process recorder() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xshare:auto",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
                StateRecorder.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The kill may have cut a line, so what has no line's end does not count. */
    private static long lastLine(BufferedReader lines, long before) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            rest.append((char) c);
        }
        String[] whole = rest.substring(0, rest.lastIndexOf("\n") + 1).split("\n");
        String last = whole[whole.length - 1];
        return last.isEmpty() ? before : Long.parseLong(last);
    }

    private void shouldHoldAllUpTo(long acknowledged) throws IOException {
        JsonNode jobs = StateWorld.read(directory).get("jobs");
        for (long number = acknowledged; number > 0 && number > acknowledged - StateRecorder.JOBS; number--) {
            String key = StateRecorder.job(number).key();
            long found = Instant.parse(jobs.get(key).get("last_fire_time").asText()).getEpochSecond()
                    - StateRecorder.START.getEpochSecond();
            assertThat(found).as(key).isGreaterThanOrEqualTo(Math.max(number, newest.getOrDefault(key, 0L)));
            newest.put(key, found);
        }
    }
}
