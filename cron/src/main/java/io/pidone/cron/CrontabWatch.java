package io.pidone.cron;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NanoClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices that crontab files and directories changed: written, replaced, removed, made again, reached by another link.
 *
 * <p>The directories on the way to each file are watched by inotify(7), see {@link WatchedNames}; they are found anew
 * after each change. When nothing has happened for 200 ms, or 2 s after the first event, a {@link Fingerprint} tells
 * whether what the crontabs hold is different: neither touch(1) nor a log file beside them is a change. They are looked
 * at every 30 s in any case, since inotify says nothing of what another machine changes on a network file system, nor
 * of a single file that is mounted into a container; and while inotify is exhausted, that is all.
 */
public final class CrontabWatch implements AutoCloseable {

    /**
     * How long to wait.
     *
     * @param quiet after the last event, until things have settled
     * @param longestUnrest after the first event, whether they have settled or not
     * @param betweenLooks without any event
     */
    record Pace(Duration quiet, Duration longestUnrest, Duration betweenLooks) {

        static final Pace DEFAULT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    /** Where events come from. */
    interface Services {

        WatchService open() throws IOException;
    }

    /** Each round found that the way had changed while it was set up; events tell of the next change. */
    private static final int MOST_ROUNDS = 5;

    private static final WatchEvent.Kind<?>[] COMING_AND_GOING = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE};
    private static final WatchEvent.Kind<?>[] CONTENT_TOO = {StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY};

    private final List<Path> crontabs;
    private final EventSink sink;
    private final Runnable changed;
    private final Pace pace;
    private final Services services;
    private final NanoClock clock = NanoClock.system();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "watch");
    private Map<WatchKey, WatchedNames.Directory> keys = Map.of();
    private Optional<WatchService> service = Optional.empty();
    private boolean degraded;
    private String fingerprint;

    CrontabWatch(List<Path> crontabs, EventSink sink, Runnable changed, Pace pace, Services services) {
        this.crontabs = crontabs.stream().map(Path::toAbsolutePath).toList();
        this.sink = sink;
        this.changed = changed;
        this.pace = pace;
        this.services = services;
        thread.setDaemon(true);
    }

    /**
     * Begins to watch. Start it before the crontabs are read: what changes after that is noticed.
     *
     * @param sink is told on this thread, and later on the watch's
     * @param changed is called on the watch's thread
     */
    public static CrontabWatch start(List<Path> crontabs, EventSink sink, Runnable changed) {
        return start(new CrontabWatch(crontabs, sink, changed, Pace.DEFAULT,
                FileSystems.getDefault()::newWatchService));
    }

    static CrontabWatch start(CrontabWatch watch) {
        watch.arm();
        watch.fingerprint = Fingerprint.of(watch.crontabs);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                if (awaitEvent(pace.betweenLooks())) {
                    awaitQuiet();
                }
                look();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // The end.
        } finally {
            service.ifPresent(CrontabWatch::close);
        }
    }

    private static void close(WatchService service) {
        try {
            service.close();
        } catch (IOException e) {
            // Nobody asks it any more.
        }
    }

    /** Whether something that counts happened within {@code limit}. */
    private boolean awaitEvent(Duration limit) throws InterruptedException {
        if (service.isEmpty()) {
            closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        }
        long end = clock.nanoTime() + limit.toNanos();
        while (true) {
            long left = end - clock.nanoTime();
            WatchKey key = left > 0 ? service.get().poll(left, TimeUnit.NANOSECONDS) : null;
            if (key == null) {
                return false;
            }
            if (counts(key)) {
                return true;
            }
        }
    }

    private void awaitQuiet() throws InterruptedException {
        long end = clock.nanoTime() + pace.longestUnrest().toNanos();
        while (true) {
            long left = end - clock.nanoTime();
            if (left <= 0 || !awaitEvent(Duration.ofNanos(Math.min(left, pace.quiet().toNanos())))) {
                return;
            }
        }
    }

    /** Takes the events of a directory; whether one of them counts. */
    private boolean counts(WatchKey key) {
        WatchedNames.Directory directory = keys.get(key);
        boolean counts = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            counts |= event.kind() == StandardWatchEventKinds.OVERFLOW
                    || directory != null && directory.counts(event.context().toString());
        }
        // A key that is not valid any more: the directory has gone.
        return !key.reset() && directory != null || counts;
    }

    private void look() {
        arm();
        String now = Fingerprint.of(crontabs);
        if (now.equals(fingerprint) || closed.getCount() == 0) {
            return;
        }
        fingerprint = now;
        try {
            changed.run();
        } catch (RuntimeException | Error e) {
            sink.accept(new Event.HandlerFailed(e));
        }
    }

    /** Watches the way to each crontab as it is now. */
    private void arm() {
        try {
            if (service.isEmpty()) {
                service = Optional.of(services.open());
            }
            WatchedNames names = WatchedNames.of(crontabs);
            WatchedNames armed = null;
            for (int round = 0; round < MOST_ROUNDS && !names.equals(armed); round++) {
                register(names);
                armed = names;
                names = WatchedNames.of(crontabs);
            }
        } catch (IOException e) {
            degrade(e);
            return;
        }
        if (degraded) {
            degraded = false;
            sink.accept(new Restored("changes of crontabs are noticed at once again"));
        }
    }

    private void degrade(IOException e) {
        if (!degraded) {
            degraded = true;
            sink.accept(new Event.Degraded("changes of crontabs cannot be watched: " + StateWriter.reason(e)
                    + "; they are looked at every " + pace.betweenLooks().toSeconds() + " s instead; if a limit was"
                    + " reached, raise fs.inotify.max_user_watches and fs.inotify.max_user_instances"));
        }
    }

    private void register(WatchedNames names) throws IOException {
        Map<WatchKey, WatchedNames.Directory> registered = new HashMap<>();
        for (Map.Entry<Path, WatchedNames.Directory> directory : names.directories().entrySet()) {
            // One that is watched already answers with the key it has.
            register(directory.getKey(), directory.getValue())
                    .ifPresent(key -> registered.put(key, directory.getValue()));
        }
        keys.keySet().stream().filter(key -> !registered.containsKey(key)).forEach(WatchKey::cancel);
        keys = registered;
    }

    private Optional<WatchKey> register(Path path, WatchedNames.Directory directory) throws IOException {
        try {
            return Optional.of(path.register(service.orElseThrow(),
                    directory.files() ? CONTENT_TOO : COMING_AND_GOING));
        } catch (NoSuchFileException | NotDirectoryException e) {
            // It went away since, and the next round sees that.
            return Optional.empty();
        } catch (AccessDeniedException e) {
            if (directory.files()) {
                throw e;
            }
            // Who may not read a directory on the way can hardly be meant to follow its changes.
            return Optional.empty();
        }
    }

    /** Stops watching; {@code changed} may still be running. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
