package io.pidone.cron;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** Where inotify has nothing left to give, or nothing to say. */
class CrontabWatchFallbackTest {

    private static final CrontabWatch.Pace BY_LOOKING =
            new CrontabWatch.Pace(Duration.ofMillis(5), Duration.ofSeconds(1), Duration.ofMillis(10));

    @TempDir
    private Path root;
    private final RecordedEvents events = new RecordedEvents();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void shouldLookByItselfUntilInotifyHasRoom() throws IOException {
        Path crontab = Files.writeString(root.resolve("crontab"), "first");
        AtomicBoolean exhausted = new AtomicBoolean(true);
        try (CrontabWatch watch = CrontabWatch.start(new CrontabWatch(List.of(crontab), events, calls::incrementAndGet,
                BY_LOOKING, () -> {
                    if (exhausted.get()) {
                        throw new IOException("User limit of inotify instances reached or too many open files");
                    }
                    return FileSystems.getDefault().newWatchService();
                }))) {
            assertThat(watch).isNotNull();
            assertThat(events.degraded()).singleElement().asString().contains("inotify instances",
                    "fs.inotify.max_user_instances");
            Files.writeString(crontab, "second");
            RecordedEvents.await(() -> assertThat(calls).hasPositiveValue());
            exhausted.set(false);
            RecordedEvents.await(() -> assertThat(events.restored()).hasSize(1));
            assertThat(events.degraded()).hasSize(1);
        }
    }

    @Test
    void shouldLookByItselfWhereNoEventComes() throws IOException {
        Path source = Files.writeString(root.resolve("source"), "first");
        Path crontab = Files.createFile(Files.createDirectory(root.resolve("etc")).resolve("crontab"));
        // As docker run -v file:file does: its changes are events of the directory it lies in elsewhere.
        try (Mount mount = Mount.file(source, crontab);
                CrontabWatch watch = CrontabWatch.start(new CrontabWatch(List.of(crontab), events,
                        calls::incrementAndGet, BY_LOOKING, FileSystems.getDefault()::newWatchService))) {
            assertThat(List.of(mount, watch)).doesNotContainNull();
            Files.writeString(source, "second");
            RecordedEvents.await(() -> assertThat(calls).hasPositiveValue());
        }
        assertThat(events.degraded()).isEmpty();
    }
}
