package io.pidone.cron;

import io.pidone.cron.schedule.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static io.pidone.cron.StateWorld.NOW;
import static io.pidone.cron.StateWorld.job;
import static io.pidone.cron.StateWorld.outcome;
import static io.pidone.cron.StateWorld.run;
import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with a state or its directory is told and survived. */
class StateTroubleTest {

    private static final StateWriter.Pace FAST =
            new StateWriter.Pace(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20));
    private static final Job JOB = job("backup");

    @TempDir
    private Path temporary;
    private Path directory;
    private Path file;
    private final RecordedEvents events = new RecordedEvents();

    @BeforeEach
    void nameTheDirectory() {
        directory = temporary.resolve("state");
        file = directory.resolve("state.json");
    }

    private StateFile open(Instant now) throws IOException {
        return StateFile.open(directory, now, events, FAST);
    }

    private byte[] validState() throws IOException {
        try (StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            state.began(run(JOB, 1));
            state.ended(run(JOB, 1), outcome(0));
            state.replaceJobs(List.of(), NOW);
        }
        return Files.readAllBytes(file);
    }

    private void shouldKeepAsideAndStartAnew(byte[] content) throws IOException {
        try (StateFile state = open(NOW)) {
            assertThat(state.lastFireTime(JOB)).isEmpty();
            assertThat(events.degraded()).hasSize(1);
            assertThat(events.degraded().get(0)).contains(file.toString(), file + ".corrupt");
            assertThat(Files.readAllBytes(directory.resolve("state.json.corrupt"))).isEqualTo(content);
            state.fired(JOB, NOW);
        }
        try (StateFile state = open(NOW)) {
            assertThat(state.lastFireTime(JOB)).contains(NOW);
        }
        assertThat(events.degraded()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0\0\0\0", "{", "{}", "[]", "null", "42", "{\"jobs\":{}}", "not json",
        "{\"format\":\"pidone cron state\",\"version\":2,\"jobs\":{}}",
        "{\"format\":\"pidone cron state\",\"version\":1,\"jobs\":[]}",
        "{\"format\":\"pidone cron state\",\"version\":1,\"jobs\":{\"x\":{}}}",
        "{\"format\":\"pidone cron state\",\"version\":1,\"jobs\":{\"x\":null}}",
        "{\"format\":\"pidone cron state\",\"version\":1,\"jobs\":{\"x\":{\"schedule\":\"x\",\"since\":\"today\"}}}",
        "{\"format\":\"pidone cron state\",\"version\":1,\"jobs\":{}} and more",
        "{\"format\":\"something else\",\"version\":1,\"jobs\":{}}"})
    void shouldKeepAsideWhatIsNoState(String content) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(file, content);
        shouldKeepAsideAndStartAnew(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldKeepAsideWhatWasCutOff() throws IOException {
        byte[] half = Arrays.copyOf(validState(), 200);
        Files.write(file, half);
        shouldKeepAsideAndStartAnew(half);
    }

    @Test
    void shouldSurviveEveryLengthAndEveryWrongByte() throws IOException {
        byte[] valid = validState();
        Random random = new Random(1);
        for (int i = 0; i < valid.length; i++) {
            Files.write(file, Arrays.copyOf(valid, i));
            open(NOW).close();
            byte[] damaged = valid.clone();
            damaged[random.nextInt(valid.length)] = (byte) random.nextInt(256);
            Files.write(file, damaged);
            open(NOW).close();
        }
        assertThat(events.degraded()).hasSizeGreaterThanOrEqualTo(valid.length - 1)
                .allMatch(message -> message.contains("cannot be used") || message.contains("the clock was set back"));
    }

    @Test
    void shouldReadWhatALaterReleaseAddsWithinTheVersion() throws IOException {
        validState();
        Files.writeString(file, Files.readString(file).replace("\"schedule\"", "\"new\" : [{}], \"schedule\"")
                .replace("\"version\"", "\"new\" : {\"a\" : 1}, \"version\"")
                .replace("\"number\"", "\"n\" : 1,\"number\""));
        try (StateFile state = open(NOW)) {
            assertThat(state.lastFireTime(JOB)).contains(NOW);
        }
        assertThat(events.degraded()).isEmpty();
    }

    @Test
    void shouldKeepAsideWhatIsNotAFile() throws IOException {
        Files.createDirectories(file.resolve("directory"));
        try (StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
        }
        assertThat(directory.resolve("state.json.corrupt/directory")).isDirectory();
        assertThat(events.degraded()).hasSize(1);
    }

    @Test
    void shouldNotWaitForAPipe() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (String name : List.of("state.json", "state.json.tmp")) {
            assertThat(new ProcessBuilder("mkfifo", directory.resolve(name).toString()).start().waitFor()).isZero();
        }
        try (StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
        }
        assertThat(events.degraded()).hasSize(1);
    }

    @Test
    void shouldIgnoreHalfAStateThatAKillLeft() throws IOException {
        validState();
        Files.writeString(directory.resolve("state.json.tmp"), "{");
        try (StateFile state = open(NOW)) {
            assertThat(state.lastFireTime(JOB)).contains(NOW);
        }
        assertThat(events.degraded()).isEmpty();
        assertThat(StateWorld.read(directory).get("jobs")).hasSize(1);
    }

    @Test
    void shouldLeaveOutTimesOfTheFuture() throws IOException {
        Instant earlier = NOW.minus(Duration.ofDays(400));
        try (StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            state.began(run(JOB, 5));
            state.fired(job("fine"), earlier);
        }
        try (StateFile state = open(earlier)) {
            assertThat(events.degraded()).singleElement().asString().contains("backup", "clock");
            assertThat(state.lastFireTime(JOB)).contains(earlier);
            assertThat(state.state("backup").orElseThrow().lastFireTime()).isEmpty();
            assertThat(state.runs(JOB)).isEqualTo(5);
            assertThat(state.lastFireTime(job("fine"))).contains(earlier);
        }
    }

    @Test
    void shouldTellOnceOfAFullDiskAndAgainWhenThereIsRoom() throws IOException {
        try (Mount disk = Mount.small(directory, 64); StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
            Path ballast = disk.fill();
            for (int i = 1; i <= 5; i++) {
                state.fired(JOB, NOW.plusSeconds(i));
                assertThat(state.flush(RecordedEvents.DEADLINE)).isFalse();
            }
            assertThat(events.degraded()).singleElement().asString().contains("No space left on device");
            assertThat(StateWorld.read(directory).get("jobs").get("backup").get("since").asText())
                    .isEqualTo(NOW.toString());
            assertThat(events.restored()).isEmpty();
            Files.delete(ballast);
            RecordedEvents.await(() -> assertThat(events.restored()).hasSize(1));
            assertThat(StateWorld.read(directory).get("jobs").get("backup").get("since").asText())
                    .isEqualTo(NOW.plusSeconds(5).toString());
        }
    }

    @Test
    void shouldWriteAsSoonAsAReadOnlyFileSystemIsWritable() throws IOException {
        validState();
        try (Mount disk = Mount.bind(directory)) {
            disk.remount("ro");
            try (StateFile state = open(NOW)) {
                assertThat(state.lastFireTime(JOB)).contains(NOW);
                RecordedEvents.await(() -> assertThat(events.degraded()).hasSize(1));
                assertThat(events.degraded().get(0)).contains("Read-only file system");
                state.fired(JOB, NOW.plusSeconds(1));
                assertThat(state.flush(RecordedEvents.DEADLINE)).isFalse();
                disk.remount("rw");
                RecordedEvents.await(() -> assertThat(events.restored()).hasSize(1));
                assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
            }
            assertThat(events.degraded()).hasSize(1);
        }
    }

    @Test
    void shouldTellOfADirectoryThatIsAFile() throws IOException {
        Files.createFile(directory);
        try (StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isFalse();
            assertThat(state.lastFireTime(JOB)).contains(NOW);
            Files.delete(directory);
            RecordedEvents.await(() -> assertThat(events.restored()).hasSize(1));
        }
        assertThat(events.degraded()).hasSize(1);
        assertThat(file).isRegularFile();
    }

    @Test
    void shouldCreateADirectoryAgainThatSomebodyRemoved() throws IOException {
        try (StateFile state = open(NOW)) {
            state.fired(JOB, NOW);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
            Files.delete(file);
            Files.delete(directory.resolve("lock"));
            Files.delete(directory);
            state.fired(JOB, NOW.plusSeconds(1));
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
        }
        assertThat(events.degraded()).isEmpty();
        assertThat(StateWorld.read(directory).get("jobs")).hasSize(1);
    }
}
