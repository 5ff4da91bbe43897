package io.pidone.cli;

import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code pidone cron --watch}: a crontab that changes as a Kubernetes ConfigMap does. */
class CronWatchIT {

    @TempDir
    private Path directory;

    private Launch cron() {
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron", "--watch")), "jobs")
                .in(directory);
    }

    @Test
    void shouldReadTheCrontabAgainWhenAConfigMapIsSwapped() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..first"));
        Path second = Files.createDirectory(directory.resolve("..second"));
        Files.writeString(first.resolve("jobs"), "* * * * * * * echo first\n");
        Files.writeString(second.resolve("jobs"), "* * * * * * * echo second\n");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(directory.resolve("jobs"), Path.of("..data/jobs"));
        try (Container container = cron().start()) {
            container.awaitOutput("stdout: first");
            Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..second"));
            Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE);
            container.awaitOutput("stdout: second");
            Files.writeString(second.resolve("jobs"), "* * * * * * * echo third\n* * * *\n");
            container.awaitOutput("jobs:2", "the earlier one stays");
            Files.writeString(second.resolve("jobs"), "* * * * * * * echo fourth\n");
            container.awaitOutput("stdout: fourth");
            assertThat(container.lines()).noneMatch(line -> line.contains("third"));
        }
    }
}
