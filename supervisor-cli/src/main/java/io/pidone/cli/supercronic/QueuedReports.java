package io.pidone.cli.supercronic;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reports on a thread of their own: whoever has an error goes on at once. What the queue does not hold is dropped. */
final class QueuedReports implements ErrorReports {

    /** As many as the SDK itself keeps. */
    private static final int MOST_WAITING = 30;
    private static final long LONGEST_END_MS = 2_000;

    private final ErrorReports target;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING + 1);
    private final Thread thread = new Thread(this::pass, "reports");
    private volatile boolean ended;

    QueuedReports(ErrorReports target) {
        this.target = target;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void report(boolean fatal, String message, Map<String, Object> fields) {
        if (waiting.remainingCapacity() > 1) {
            waiting.offer(() -> target.report(fatal, message, fields));
        }
    }

    private void pass() {
        while (!ended) {
            try {
                waiting.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // A report is never worth the process, nor the next report.
            }
        }
    }

    @Override
    public void close() {
        try {
            // One place is kept free for this.
            waiting.add(() -> {
                ended = true;
                target.close();
            });
            thread.join(LONGEST_END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
