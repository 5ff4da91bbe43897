package io.pidone.cron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.cron.schedule.Work;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Jobs and runs that exist only on paper, and the eyes of another program on a state file. */
final class StateWorld {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Work NOTHING = new Work() {

        @Override
        public Running start(Run run, Consumer<Ended> ended) {
            throw new AssertionError("nobody runs it");
        }

        @Override
        public String description() {
            return "nothing";
        }
    };

    private StateWorld() {
    }

    static Job job(String key) {
        return job(key, "0 2 * * *");
    }

    static Job job(String key, String schedule) {
        return new Job(key, key, "", 0, CronExpression.parse(schedule), ZoneOffset.UTC, NOTHING,
                EntrySettings.DEFAULT);
    }

    static List<Job> jobs(int count) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(job("crontab: */5 * * * * /usr/local/bin/collect --target host-" + i + " >/dev/null 2>&1"));
        }
        return jobs;
    }

    static Run run(Job job, long number) {
        return new Run(job, number, 1, NOW, NOW.plusMillis(20));
    }

    static RunOutcome outcome(int exitCode) {
        return new RunOutcome(ExitStatus.exited(exitCode), new ResourceUsage(0, 0, 0), Duration.ofMillis(1500), false,
                Optional.empty());
    }

    /** What another program reads. */
    static JsonNode read(Path directory) throws IOException {
        return JSON.readTree(directory.resolve("state.json").toFile());
    }
}
