package io.pidone.cron;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** On a real file system; by events alone, since the watch of these tests looks by itself once an hour. */
class CrontabWatchTest {

    private static final Duration QUIET = Duration.ofMillis(20);
    private static final CrontabWatch.Pace BY_EVENTS =
            new CrontabWatch.Pace(QUIET, Duration.ofMillis(500), Duration.ofHours(1));

    @TempDir
    private Path root;
    private Path directory;
    private Path crontab;
    private final RecordedEvents events = new RecordedEvents();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile String seen = "";
    private CrontabWatch watch;

    @BeforeEach
    void writeACrontab() throws IOException {
        directory = Files.createDirectory(root.resolve("etc"));
        crontab = Files.writeString(directory.resolve("crontab"), "first");
    }

    @AfterEach
    void stop() {
        watch.close();
        assertThat(events.degraded()).isEmpty();
    }

    private void watch(Path... paths) {
        List<Path> all = List.of(paths);
        watch = CrontabWatch.start(new CrontabWatch(all, events, () -> {
            seen = Fingerprint.of(all);
            calls.incrementAndGet();
        }, BY_EVENTS, FileSystems.getDefault()::newWatchService));
        seen = Fingerprint.of(all);
    }

    /** Waits until the last call saw what the paths hold now. */
    private void shouldSee(Path... paths) {
        int before = calls.get();
        String now = Fingerprint.of(List.of(paths));
        RecordedEvents.await(() -> assertThat(seen).isEqualTo(now));
        assertThat(calls.get()).isGreaterThanOrEqualTo(before);
    }

    private static void replace(Path file, String content) throws IOException {
        Path beside = Files.writeString(file.resolveSibling("." + file.getFileName() + ".new"), content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void link(Path link, String target) throws IOException {
        Path beside = Files.createSymbolicLink(link.resolveSibling(link.getFileName() + "_tmp"), Path.of(target));
        Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void shouldNoticeAWrite() throws IOException {
        watch(crontab);
        for (String content : List.of("second", "third", "third and more", "")) {
            Files.writeString(crontab, content);
            shouldSee(crontab);
        }
        Files.writeString(crontab, "appended", StandardOpenOption.APPEND);
        shouldSee(crontab);
        assertThat(calls.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldNoticeAFileThatIsRenamedOverIt() throws IOException {
        watch(crontab);
        for (String content : List.of("second", "third")) {
            replace(crontab, content);
            shouldSee(crontab);
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void shouldNoticeAnEditorThatKeepsABackup() throws IOException {
        watch(crontab);
        Files.move(crontab, directory.resolve("crontab~"));
        Files.writeString(crontab, "second");
        shouldSee(crontab);
        Files.writeString(crontab, "third");
        shouldSee(crontab);
    }

    @Test
    void shouldNoticeThatItIsRemovedAndMadeAgain() throws IOException {
        watch(crontab);
        Files.delete(crontab);
        shouldSee(crontab);
        assertThat(calls).hasValue(1);
        Files.writeString(crontab, "second");
        shouldSee(crontab);
        assertThat(calls.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldNoticeAConfigMapThatIsSwapped() throws IOException {
        Files.delete(crontab);
        for (int version = 1; version <= 3; version++) {
            Path data = Files.createDirectory(directory.resolve("..2026_0" + version));
            Files.writeString(data.resolve("crontab"), "version " + version);
            if (version == 1) {
                link(directory.resolve("..data"), "..2026_01");
                Files.createSymbolicLink(crontab, Path.of("..data/crontab"));
                watch(crontab);
            } else {
                link(directory.resolve("..data"), "..2026_0" + version);
                Path old = directory.resolve("..2026_0" + (version - 1));
                Files.delete(old.resolve("crontab"));
                Files.delete(old);
                shouldSee(crontab);
            }
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void shouldNoticeAConfigMapThatIsReadAsADirectory() throws IOException {
        Files.delete(crontab);
        Path first = Files.createDirectory(directory.resolve("..1"));
        Files.writeString(first.resolve("jobs"), "version 1");
        link(directory.resolve("..data"), "..1");
        Files.createSymbolicLink(directory.resolve("jobs"), Path.of("..data/jobs"));
        watch(directory);
        Path second = Files.createDirectory(directory.resolve("..2"));
        Files.writeString(second.resolve("jobs"), "version 2");
        Files.writeString(second.resolve("more"), "another");
        link(directory.resolve("..data"), "..2");
        shouldSee(directory);
        Files.createSymbolicLink(directory.resolve("more"), Path.of("..data/more"));
        shouldSee(directory);
        Files.writeString(second.resolve("more"), "changed");
        shouldSee(directory);
        assertThat(calls.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldNoticeEveryLinkOnAWayThroughSeveralDirectories() throws IOException {
        Path a = Files.createDirectories(root.resolve("a/one"));
        Path b = Files.createDirectories(root.resolve("b/current/deep"));
        Path c = Files.createDirectories(root.resolve("c"));
        Path target = Files.writeString(c.resolve("target"), "first");
        Files.writeString(c.resolve("other"), "other");
        Files.createSymbolicLink(b.resolve("file"), Path.of("../../../c/target"));
        Files.createSymbolicLink(a.resolve("crontab"), root.resolve("b/current/deep/file"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
        Path path = root.resolve("link/one/crontab");
        watch(path);
        Files.writeString(target, "second");
        shouldSee(path);
        link(b.resolve("file"), c.resolve("other").toString());
        shouldSee(path);
        Files.writeString(c.resolve("other"), "other, changed");
        shouldSee(path);
        Path next = Files.createDirectories(root.resolve("b/next/deep"));
        Files.writeString(next.resolve("file"), "a file of its own");
        Files.move(root.resolve("b/current"), root.resolve("b/old"));
        Files.move(root.resolve("b/next"), root.resolve("b/current"));
        shouldSee(path);
        Files.writeString(root.resolve("b/current/deep/file"), "and changed");
        shouldSee(path);
        Files.createDirectories(root.resolve("d/one"));
        Files.writeString(root.resolve("d/one/crontab"), "elsewhere");
        link(root.resolve("link"), "d");
        shouldSee(path);
        Files.writeString(root.resolve("d/one/crontab"), "elsewhere, changed");
        shouldSee(path);
        assertThat(calls.get()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldNoticeTheFilesOfADirectory() throws IOException {
        watch(directory);
        Files.writeString(directory.resolve("added"), "new");
        shouldSee(directory);
        Files.writeString(directory.resolve("added"), "changed");
        shouldSee(directory);
        Files.delete(crontab);
        shouldSee(directory);
        Files.move(directory.resolve("added"), directory.resolve("renamed"));
        shouldSee(directory);
        assertThat(calls.get()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldNoticeADirectoryThatIsRemovedAndMadeAgain() throws IOException {
        watch(directory, crontab);
        Files.delete(crontab);
        Files.delete(directory);
        shouldSee(directory, crontab);
        Files.createDirectory(directory);
        shouldSee(directory, crontab);
        Files.writeString(crontab, "second");
        shouldSee(directory, crontab);
        Files.move(directory, root.resolve("moved"));
        Files.createDirectory(directory);
        shouldSee(directory, crontab);
        Files.writeString(crontab, "third");
        shouldSee(directory, crontab);
    }

    @Test
    void shouldNoticeACrontabWhoseDirectoriesDoNotExistYet() throws IOException {
        Path later = root.resolve("some/where/deep/crontab");
        watch(later);
        Files.createDirectories(later.getParent());
        Files.writeString(later, "first");
        shouldSee(later);
        Files.writeString(later, "second");
        shouldSee(later);
        assertThat(calls.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldNotCallForWhatChangesNothing() throws IOException {
        Path log = directory.resolve("job.log");
        watch(crontab, directory);
        for (int i = 0; i < 200; i++) {
            Files.writeString(log, "line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.setLastModifiedTime(crontab, FileTime.from(Instant.ofEpochSecond(i)));
            Files.readString(crontab);
        }
        Files.createFile(directory.resolve(".hidden"));
        Files.createDirectory(directory.resolve("subdirectory"));
        replace(crontab, "first");
        replace(directory.resolve("marker"), "seen at the end");
        shouldSee(crontab, directory);
        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldCallOnceForManyWrites() throws IOException {
        watch(directory);
        for (int i = 0; i < 2000; i++) {
            Files.writeString(directory.resolve("file" + i), "content");
        }
        shouldSee(directory);
        // Each call needs a pause in the events, or half a second of them.
        assertThat(calls.get()).isLessThan(200);
    }

    @Test
    void shouldNotWaitForACrontabThatNeverSettles() throws IOException {
        watch(crontab);
        long start = System.nanoTime();
        for (int i = 0; calls.get() == 0; i++) {
            Files.writeString(crontab, "version " + i);
            assertThat(System.nanoTime() - start).isLessThan(RecordedEvents.DEADLINE.toNanos());
        }
        shouldSee(crontab);
    }

    @Test
    void shouldSurviveALinkToItself() throws IOException {
        Files.delete(crontab);
        Files.createSymbolicLink(crontab, Path.of("crontab"));
        watch(crontab);
        replace(crontab, "a file");
        shouldSee(crontab);
        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldGoOnWhenTheCallFails() throws IOException {
        watch = CrontabWatch.start(new CrontabWatch(List.of(crontab), events, () -> {
            seen = Fingerprint.of(List.of(crontab));
            throw new IllegalStateException("a test's");
        }, BY_EVENTS, FileSystems.getDefault()::newWatchService));
        Files.writeString(crontab, "second");
        shouldSee(crontab);
        Files.writeString(crontab, "third");
        shouldSee(crontab);
    }
}
