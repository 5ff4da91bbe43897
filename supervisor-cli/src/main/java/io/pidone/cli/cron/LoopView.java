package io.pidone.cli.cron;

import io.pidone.cli.listen.Observed;
import io.pidone.cron.CronDaemon;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.reaper.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A daemon seen from other threads: asks the loop's thread, and keeps the answer for half a second. */
final class LoopView implements Observed {

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LIMIT_SECONDS = 5;

    private volatile EventLoop loop;
    private volatile CronDaemon daemon;
    private List<JobStatus> kept = List.of();
    private long keptAt = System.nanoTime() - FRESH_NANOS;

    /** From now on there is something to see. */
    void show(EventLoop shownLoop, CronDaemon shownDaemon) {
        loop = shownLoop;
        daemon = shownDaemon;
    }

    @Override
    public boolean ready() {
        return daemon != null && daemon.ready();
    }

    @Override
    public synchronized List<JobStatus> status() {
        if (daemon == null || System.nanoTime() - keptAt < FRESH_NANOS) {
            return kept;
        }
        CompletableFuture<List<JobStatus>> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(daemon.scheduler().status()));
        try {
            kept = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            keptAt = System.nanoTime();
            return kept;
        } catch (TimeoutException e) {
            throw new UnresponsiveException("the scheduler has not answered for " + LIMIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnresponsiveException("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
