package io.pidone.cron;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidone.cron.schedule.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static io.pidone.cron.StateWorld.NOW;
import static io.pidone.cron.StateWorld.job;
import static io.pidone.cron.StateWorld.outcome;
import static io.pidone.cron.StateWorld.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateFileTest {

    private static final Instant FIRED = NOW.plusSeconds(60);

    @TempDir
    private Path temporary;
    private final RecordedEvents events = new RecordedEvents();

    private Path directory() {
        return temporary.resolve("var/state");
    }

    private StateFile open(Instant now) throws IOException {
        return StateFile.open(directory(), now, events);
    }

    @Test
    void shouldRememberAcrossARestart() throws IOException {
        Job job = job("backup");
        try (StateFile state = open(NOW)) {
            state.replaceJobs(List.of(job), NOW);
            state.fired(job, FIRED);
            state.began(run(job, 1));
            state.ended(run(job, 1), outcome(0));
            state.began(run(job, 2));
            state.ended(run(job, 2), outcome(3));
            state.began(run(job, 3));
        }
        try (StateFile state = open(FIRED.plusSeconds(1))) {
            assertThat(state.lastFireTime(job)).contains(FIRED);
            assertThat(state.runs(job)).isEqualTo(3);
            JobState known = state.state("backup").orElseThrow();
            assertThat(known.successes()).isEqualTo(1);
            assertThat(known.failures()).isEqualTo(1);
            assertThat(known.lastRun()).contains(
                    new JobState.LastRun(2, NOW.plusMillis(20), Duration.ofMillis(1500), 3, false));
        }
        assertThat(events.degraded()).isEmpty();
    }

    @Test
    void shouldKnowNothingOfAJobThatIsNew() throws IOException {
        try (StateFile state = open(NOW)) {
            assertThat(state.lastFireTime(job("new"))).isEmpty();
            assertThat(state.runs(job("new"))).isZero();
            assertThat(state.state("new")).isEmpty();
        }
        assertThat(events.degraded()).isEmpty();
    }

    @Test
    void shouldBeReadableForPeopleAndPrograms() throws IOException {
        Job job = job("\"quoted\" \u00e9\ud83d\ude00\n");
        try (StateFile state = open(NOW)) {
            state.replaceJobs(List.of(job, job("z")), NOW);
            state.fired(job, FIRED);
            state.began(run(job, 1));
            state.ended(run(job, 1), outcome(3));
        }
        JsonNode known = StateWorld.read(directory()).get("jobs").get(job.key());
        assertThat(known).hasToString("{\"schedule\":\"0 2 * * *\",\"since\":\"2026-06-01T12:01:00Z\","
                + "\"last_fire_time\":\"2026-06-01T12:01:00Z\",\"runs\":1,\"successes\":0,\"failures\":1,"
                + "\"last_run\":{\"number\":1,\"started_at\":\"2026-06-01T12:00:00.020Z\",\"duration_s\":1.5,"
                + "\"exit_code\":3,\"success\":false}}");
        assertThat(Files.readAllLines(directory().resolve("state.json"))).hasSize(8)
                .startsWith("{", "  \"format\" : \"pidone cron state\",", "  \"version\" : 1,", "  \"jobs\" : {");
    }

    @Test
    void shouldKeepItFromOthers() throws IOException {
        try (StateFile state = open(NOW)) {
            state.fired(job("backup"), FIRED);
        }
        assertThat(Files.getPosixFilePermissions(directory()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(directory().resolve("state.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldRefuseADirectoryThatIsInUse() throws IOException {
        try (StateFile first = open(NOW)) {
            assertThatThrownBy(() -> open(NOW)).isInstanceOf(StateInUseException.class)
                    .hasMessageContaining(directory().toString());
            first.fired(job("still"), FIRED);
            assertThat(first.flush(RecordedEvents.DEADLINE)).isTrue();
        }
        try (StateFile second = open(FIRED)) {
            assertThat(second.lastFireTime(job("still"))).contains(FIRED);
        }
    }

    @Test
    void shouldCountWhatIsMissedFromWhenAJobWasFirstSeen() throws IOException {
        try (StateFile state = open(NOW)) {
            state.replaceJobs(List.of(job("daily")), NOW);
        }
        try (StateFile state = open(FIRED)) {
            state.replaceJobs(List.of(job("daily")), FIRED);
            assertThat(state.lastFireTime(job("daily"))).contains(NOW);
            assertThat(state.state("daily").orElseThrow().lastFireTime()).isEmpty();
        }
    }

    @Test
    void shouldNotMissWhatAnotherScheduleWouldHaveFired() throws IOException {
        Instant later = NOW.plus(Duration.ofHours(5));
        try (StateFile state = open(NOW)) {
            state.fired(job("named", "0 12 * * *"), NOW);
            state.replaceJobs(List.of(job("named", "0 13 * * *")), later);
            assertThat(state.lastFireTime(job("named"))).contains(later);
            assertThat(state.state("named").orElseThrow().lastFireTime()).contains(NOW);
        }
    }

    @Test
    void shouldKeepTheHistoryOfAJobThatWasAwayAndNotMissWhatPassedMeanwhile() throws IOException {
        Instant back = NOW.plus(Duration.ofDays(29));
        try (StateFile state = open(NOW)) {
            state.began(run(job("away"), 7));
            state.replaceJobs(List.of(job("stays")), NOW);
        }
        try (StateFile state = open(back)) {
            state.replaceJobs(List.of(job("away"), job("stays")), back);
            assertThat(state.runs(job("away"))).isEqualTo(7);
            assertThat(state.lastFireTime(job("away"))).contains(back);
            assertThat(state.lastFireTime(job("stays"))).contains(NOW);
        }
    }

    @Test
    void shouldForgetAJobThatIsAwayForLong() throws IOException {
        Instant later = NOW.plus(Duration.ofDays(31));
        try (StateFile state = open(NOW)) {
            state.began(run(job("away"), 7));
            state.replaceJobs(List.of(), NOW);
            state.replaceJobs(List.of(), later);
            assertThat(state.runs(job("away"))).isZero();
        }
        assertThat(StateWorld.read(directory()).get("jobs")).isEmpty();
    }

    @Test
    void shouldStaySmallWhenEveryReloadNamesItsJobsAnew() throws IOException {
        try (StateFile state = open(NOW)) {
            for (int reload = 0; reload < 15; reload++) {
                int first = reload * 1000;
                state.replaceJobs(IntStream.range(first, first + 1000).mapToObj(i -> job("job" + i)).toList(),
                        NOW.plusSeconds(reload));
            }
        }
        JsonNode jobs = StateWorld.read(directory()).get("jobs");
        assertThat(jobs).hasSize(1000 + StateFile.MOST_ABSENT);
        assertThat(jobs.has("job14999")).isTrue();
        assertThat(jobs.has("job3999")).isFalse();
    }

    @Test
    void shouldSurviveKeysThatAreNoText() throws IOException {
        Job half = job("half of a pair \ud83d");
        Job large = job("x".repeat(1 << 20));
        try (StateFile state = open(NOW)) {
            state.fired(half, FIRED);
            state.fired(large, FIRED);
            assertThat(state.flush(RecordedEvents.DEADLINE)).isTrue();
        }
        try (StateFile state = open(FIRED)) {
            assertThat(state.lastFireTime(large)).contains(FIRED);
        }
        assertThat(events.degraded()).isEmpty();
    }
}
