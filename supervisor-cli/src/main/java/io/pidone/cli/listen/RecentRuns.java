package io.pidone.cli.listen;

import io.pidone.cron.Channel;
import io.pidone.cron.OutputSink;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last runs of each job and the last lines of their output, as much as a page shows. Thread-safe; told by the
 * output thread, asked by those of the page.
 */
final class RecentRuns implements EventSink, OutputSink {

    static final int RUNS = 20;
    static final int LINES = 20;
    static final int LINE_BYTES = 300;

    /** Jobs with output or runs most lately; some 7 KiB each at most. */
    private static final int MOST_JOBS = 1000;

    /**
     * A run that has ended.
     *
     * @param outcome success, failure, timeout or not_started
     */
    record Ended(long number, long startedAtMs, double seconds, String outcome, String text) {
    }

    /** A line of output. */
    record Line(long run, Channel channel, String text) {
    }

    private static final class OfJob {

        private final Deque<Ended> runs = new ArrayDeque<>();
        private final Deque<Line> lines = new ArrayDeque<>();
    }

    private final Map<String, OfJob> jobs = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OfJob> eldest) {
            return size() > MOST_JOBS;
        }
    };

    @Override
    public boolean wants(Event.Severity severity) {
        return severity != Event.Severity.TRACE && severity != Event.Severity.DEBUG;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CronEvent.RunEnded ended) {
            RunOutcome outcome = ended.outcome();
            add(ended.run(), outcome.duration().toNanos() / 1e9, outcome.timedOut() ? "timeout"
                    : outcome.success() ? "success" : "failure", outcome.describe());
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            add(failed.run(), 0, "not_started", failed.reason());
        }
    }

    private synchronized void add(Run run, double seconds, String outcome, String text) {
        Deque<Ended> runs = job(run).runs;
        if (runs.size() == RUNS) {
            runs.removeFirst();
        }
        runs.addLast(new Ended(run.number(), run.startedAt().toEpochMilli(), seconds, outcome, text));
    }

    private OfJob job(Run run) {
        return jobs.computeIfAbsent(run.job().key(), key -> new OfJob());
    }

    @Override
    public synchronized void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        Deque<Line> lines = job(run).lines;
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        boolean shortened = cut || to - from > LINE_BYTES;
        String text = new String(bytes, from, Math.min(to - from, LINE_BYTES), StandardCharsets.UTF_8);
        lines.addLast(new Line(run.number(), channel, shortened ? text + " ..." : text));
    }

    /** The last runs of a job, the oldest first. */
    synchronized List<Ended> runs(String key) {
        OfJob job = jobs.get(key);
        return job == null ? List.of() : List.copyOf(job.runs);
    }

    /** The last lines of a job's output, the oldest first. */
    synchronized List<Line> lines(String key) {
        OfJob job = jobs.get(key);
        return job == null ? List.of() : List.copyOf(job.lines);
    }
}
