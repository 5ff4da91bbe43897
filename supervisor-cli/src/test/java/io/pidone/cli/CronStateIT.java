package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import io.pidone.cli.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code pidone cron --state DIR}: what is remembered when the process is killed. */
class CronStateIT {

    private static final int KILL = 9;
    private static final int TERM = 15;

    @TempDir
    private Path directory;

    private Launch cron() {
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron", "--passthrough")),
                "--state", directory.resolve("state").toString(), "jobs").in(directory);
    }

    @BeforeEach
    void writeCrontab() throws IOException {
        Files.writeString(directory.resolve("jobs"), """
                PIDONE_CATCH_UP=1h
                PIDONE_NAME=often
                */2 * * * * * * echo fired $PIDONE_FIRE_TIME
                PIDONE_CATCH_UP=
                PIDONE_NAME=never-made-up
                */2 * * * * * * true
                """);
    }

    @Test
    void shouldMakeUpForTheLastMissedFireTimeAfterAKill() {
        String last;
        try (Container container = cron().start()) {
            last = container.awaitAfter("fired ");
            Await.until("it is remembered", () -> Files.readString(directory.resolve("state/state.json"))
                    .contains("\"number\" : 1"));
            container.signal(KILL).awaitExit();
        }
        long due = Instant.parse(last).getEpochSecond() + 5;
        Await.until("two fire times have passed", () -> System.currentTimeMillis() / 1000 >= due);
        try (Container container = cron().start()) {
            String first = container.awaitAfter("fired ");
            assertThat(first).isGreaterThan(last);
            container.awaitError("often: missed ").awaitError("making up for the last one now").signal(TERM);
            Outcome outcome = container.awaitExit();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.stderr()).doesNotContain("never-made-up: missed")
                    .containsPattern("often\\[[2-9]\\] started");
        }
    }

    @Test
    void shouldRefuseADirectoryThatAnotherProcessHas() {
        try (Container first = cron().start()) {
            first.awaitAfter("fired ");
            Outcome second = cron().run();
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.stderr()).contains("in use by another process; give each one its own").hasLineCount(1);
        }
    }

    @Test
    void shouldSayThatItCannotRememberAndGoOn() throws IOException {
        Files.writeString(directory.resolve("state"), "a file where the directory should be");
        try (Container container = cron().start()) {
            container.awaitAfter("fired ");
            container.awaitOutput("state", "cannot").signal(TERM);
            assertThat(container.awaitExit().exitCode()).isZero();
        }
    }

    @Test
    void shouldSayThatAStateIsCorruptAndGoOn() throws IOException {
        Files.createDirectory(directory.resolve("state"));
        Files.writeString(directory.resolve("state/state.json"), "{\"format\": \"pidone cron st");
        try (Container container = cron().start()) {
            container.awaitAfter("fired ");
            container.awaitOutput("state.json", "cannot be used", "kept as").signal(TERM);
            assertThat(container.awaitExit().exitCode()).isZero();
        }
    }
}
