package io.pidone.cli.cron;

import io.pidone.cli.listen.Observed;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.process.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A daemon seen from other threads: asks the loop's thread, and keeps the answer for half a second. However many ask,
 * one question is under way.
 */
final class LoopView implements Observed {

    private static final Duration FRESH = Duration.ofMillis(500);

    /** What is seen: a loop, and what its thread answers. */
    private record Seen(Executor loop, Supplier<List<JobStatus>> status, BooleanSupplier ready) {
    }

    /** Something that was asked at a moment, of a clock that is never set. */
    private record Question(CompletableFuture<List<JobStatus>> answer, long askedNanos) {
    }

    private final NanoClock clock;
    private volatile Seen seen = new Seen(Runnable::run, List::of, () -> false);
    private Question last;

    LoopView(NanoClock clock) {
        this.clock = clock;
    }

    /**
     * From now on there is something to see.
     *
     * @param loop runs what it is given on the thread that owns the jobs
     * @param status asked on that thread
     * @param ready asked on any
     */
    synchronized void show(Executor loop, Supplier<List<JobStatus>> status, BooleanSupplier ready) {
        seen = new Seen(loop, status, ready);
        last = null;
    }

    @Override
    public boolean ready() {
        return seen.ready().getAsBoolean();
    }

    @Override
    public List<JobStatus> status(Duration patience) {
        Question question = question();
        long leftNanos = patience.toNanos() - (clock.nanoTime() - question.askedNanos);
        try {
            return question.answer.get(Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - question.askedNanos);
            throw new UnresponsiveException("the scheduler's thread has not answered for " + seconds + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnresponsiveException("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The one that is under way, or was answered of late, or a new one. */
    private synchronized Question question() {
        long now = clock.nanoTime();
        boolean usable = last != null && (!last.answer.isDone() || now - last.askedNanos < FRESH.toNanos());
        if (!usable) {
            Supplier<List<JobStatus>> status = seen.status();
            CompletableFuture<List<JobStatus>> answer = new CompletableFuture<>();
            last = new Question(answer, now);
            seen.loop().execute(() -> {
                try {
                    answer.complete(status.get());
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        return last;
    }
}
