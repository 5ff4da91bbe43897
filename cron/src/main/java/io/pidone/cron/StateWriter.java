package io.pidone.cron;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NanoClock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The thread that saves what changed, so that nobody else waits for a disk.
 *
 * <p>The first change after a pause is saved at once. What comes while that goes on is saved together after a pause of
 * 100 ms, or four times as long as the saving took, whichever is longer: at most a fifth of the time is spent on it,
 * however many jobs there are. A failure is told once and tried again after one second, two, four, up to thirty; that
 * it works again is told too.
 */
final class StateWriter {

    /** Saves what there is when it is called, all or nothing. */
    interface Saving {

        void save() throws IOException;
    }

    /**
     * How long to rest.
     *
     * @param betweenSaves at least, from the end of one to the next
     * @param firstRetry after the first failure; doubles with each
     * @param longestRetry the longest rest after a failure
     */
    record Pace(Duration betweenSaves, Duration firstRetry, Duration longestRetry) {

        static final Pace DEFAULT = new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private static final int REST_PER_WORK = 4;

    private final Saving saving;
    private final Path file;
    private final EventSink sink;
    private final Pace pace;
    private final Thread thread = new Thread(this::run, "state");

    private final AtomicLong changes = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Semaphore work = new Semaphore(0);
    private final Semaphore hurry = new Semaphore(0);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition tried = lock.newCondition();
    private volatile long saved;
    private long saves;
    private long failures;
    private volatile boolean closed;

    StateWriter(Saving saving, Path file, EventSink sink, Pace pace) {
        this.saving = saving;
        this.file = file;
        this.sink = sink;
        this.pace = pace;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something changed; never waits. */
    void changed() {
        changes.incrementAndGet();
        ask();
    }

    private void ask() {
        if (!asked.getAndSet(true)) {
            work.release();
        }
    }

    /** How many changes there were. */
    long changes() {
        return changes.get();
    }

    /** How many of these changes, the first ones, are on disk: neither a kill nor a power failure takes them. */
    long saved() {
        return saved;
    }

    /** How often something was saved. */
    long saves() {
        lock.lock();
        try {
            return saves;
        } finally {
            lock.unlock();
        }
    }

    /** Whether every change before the call is on disk, after a wait of at most {@code limit}. */
    boolean flush(Duration limit) {
        long wanted = changes.get();
        long nanos = limit.toNanos();
        lock.lock();
        try {
            long failuresBefore = failures;
            hurry.release();
            while (saved < wanted && failures == failuresBefore && nanos > 0) {
                nanos = tried.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return saved >= wanted;
    }

    /** Ends the thread; whether it has ended within {@code limit}. */
    boolean close(Duration limit) {
        closed = true;
        work.release();
        hurry.release();
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        Duration retry = Duration.ZERO;
        try {
            for (work.acquire(); !closed; work.acquire()) {
                asked.set(false);
                long before = NanoClock.system().nanoTime();
                Optional<String> failure = saveOnce();
                if (failure.isPresent()) {
                    ask();
                    retry = nextRetry(retry, failure.get());
                    rest(retry.toNanos());
                    continue;
                }
                if (!retry.isZero()) {
                    retry = Duration.ZERO;
                    sink.accept(new Restored("the state is written to " + file + " again"));
                }
                long took = NanoClock.system().nanoTime() - before;
                rest(Math.max(pace.betweenSaves().toNanos(), took * REST_PER_WORK));
            }
        } catch (InterruptedException e) {
            // Somebody wants this thread to end.
        }
    }

    private Duration nextRetry(Duration last, String failure) {
        if (!last.isZero()) {
            Duration twice = last.multipliedBy(2);
            return twice.compareTo(pace.longestRetry()) < 0 ? twice : pace.longestRetry();
        }
        sink.accept(new Event.Degraded("the state cannot be written to " + file + ": " + failure
                + "; it is kept in memory and tried again, a restart before that may repeat runs; make the directory"
                + " writable, or choose another"));
        return pace.firstRetry();
    }

    private Optional<String> saveOnce() {
        long upTo = changes.get();
        String failure = null;
        try {
            saving.save();
        } catch (IOException e) {
            failure = reason(e);
        } catch (RuntimeException | Error e) {
            failure = e.toString();
        }
        lock.lock();
        try {
            if (failure == null) {
                saved = upTo;
                saves++;
            } else {
                failures++;
            }
            tried.signalAll();
        } finally {
            lock.unlock();
        }
        return Optional.ofNullable(failure);
    }

    private void rest(long nanos) throws InterruptedException {
        if (!closed) {
            hurry.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** What went wrong, without the path where the system says it apart. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason()
                : e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
