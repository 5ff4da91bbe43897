package io.pidone.cli.listen;

import io.pidone.cron.Channel;
import io.pidone.cron.DaemonEvent;
import io.pidone.cron.OutputSink;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last runs of each job and the last lines of their output, as much as a page shows. Thread-safe; told of events by
 * the loop's thread and of output by the output thread, asked by those of the page.
 *
 * <p>Bounded: of each job 20 runs of some 60 bytes, of the thousand jobs that wrote last 20 lines of at most 300
 * bytes. As many jobs are remembered as crontabs hold, those that ran last.
 */
final class RecentRuns implements EventSink, OutputSink {

    static final int RUNS = 20;
    static final int LINES = 20;
    static final int LINE_BYTES = 300;

    private static final int FEWEST_JOBS = 1000;
    private static final int MOST_WRITERS = 1000;

    /**
     * A run that has ended.
     *
     * @param text how, in words; empty for a success
     */
    record Ended(long number, long startedAtMs, float seconds, Outcome outcome, String text) {
    }

    /** A line of output. */
    record Line(long run, Channel channel, String text) {
    }

    /** What passed without a run, since pidone began. */
    record Passed(long skipped, long missed) {

        static final Passed NOTHING = new Passed(0, 0);
    }

    private static final class OfJob {

        private final Ring<Ended> runs = new Ring<>(RUNS);
        private Passed passed = Passed.NOTHING;
    }

    private record Raw(long run, Channel channel, boolean shortened, byte[] bytes) {
    }

    /** The last few of many. */
    private static final class Ring<T> {

        private final int most;
        private Object[] items = new Object[2];
        private int count;
        private int oldest;

        private Ring(int most) {
            this.most = most;
        }

        private void add(T item) {
            if (count < most) {
                if (count == items.length) {
                    items = Arrays.copyOf(items, Math.min(most, 2 * count));
                }
                items[count++] = item;
            } else {
                items[oldest] = item;
                oldest = (oldest + 1) % most;
            }
        }

        @SuppressWarnings("unchecked")
        private Optional<T> last() {
            return count == 0 ? Optional.empty() : Optional.of((T) items[(oldest + count - 1) % count]);
        }

        @SuppressWarnings("unchecked")
        private List<T> toList() {
            List<T> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add((T) items[(oldest + i) % count]);
            }
            return list;
        }
    }

    /** Those used last; most is asked at each addition. */
    private abstract static class Latest<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1;

        private Latest() {
            super(16, 0.75f, true);
        }

        abstract int most();

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most();
        }
    }

    private int mostJobs = FEWEST_JOBS;
    private final Map<String, OfJob> jobs = new Latest<>() {

        private static final long serialVersionUID = 1;

        @Override
        int most() {
            return mostJobs;
        }
    };
    private final Map<String, Ring<Raw>> writers = new Latest<>() {

        private static final long serialVersionUID = 1;

        @Override
        int most() {
            return MOST_WRITERS;
        }
    };
    /** A flood of lines mostly comes from one run. */
    private Run writing;
    private Ring<Raw> written;

    @Override
    public boolean wants(Event.Severity severity) {
        return severity != Event.Severity.TRACE && severity != Event.Severity.DEBUG;
    }

    @Override
    public synchronized void accept(Event event) {
        if (event instanceof CronEvent.RunEnded ended) {
            RunOutcome outcome = ended.outcome();
            add(ended.run(), outcome.duration().toNanos() / 1e9f, Outcome.of(outcome),
                    outcome.success() ? "" : outcome.describe());
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            add(failed.run(), 0, Outcome.NOT_STARTED, failed.reason());
        } else if (event instanceof CronEvent.RunSkipped skipped) {
            OfJob job = job(skipped.job().key());
            job.passed = new Passed(job.passed.skipped + 1, job.passed.missed);
        } else if (event instanceof CronEvent.EntryMisfired misfired) {
            OfJob job = job(misfired.job().key());
            job.passed = new Passed(job.passed.skipped, job.passed.missed + misfired.missed());
        } else if (event instanceof DaemonEvent.CrontabLoaded loaded) {
            mostJobs = Math.max(FEWEST_JOBS, loaded.crontab().entries().size());
        }
    }

    private void add(Run run, float seconds, Outcome outcome, String text) {
        job(run.job().key()).runs.add(new Ended(run.number(), run.startedAt().toEpochMilli(), seconds, outcome,
                text));
    }

    private OfJob job(String key) {
        return jobs.computeIfAbsent(key, k -> new OfJob());
    }

    @Override
    public synchronized void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        if (writing != run) {
            writing = run;
            written = writers.computeIfAbsent(run.job().key(), key -> new Ring<>(LINES));
        }
        written.add(new Raw(run.number(), channel, cut || to - from > LINE_BYTES,
                Arrays.copyOfRange(bytes, from, Math.min(to, from + LINE_BYTES))));
    }

    /** The last runs of a job, the oldest first. */
    synchronized List<Ended> runs(String key) {
        OfJob job = jobs.get(key);
        return job == null ? List.of() : job.runs.toList();
    }

    /** How the last run of a job ended. */
    synchronized Optional<Outcome> last(String key) {
        OfJob job = jobs.get(key);
        return job == null ? Optional.empty() : job.runs.last().map(Ended::outcome);
    }

    /** What passed a job without a run. */
    synchronized Passed passed(String key) {
        OfJob job = jobs.get(key);
        return job == null ? Passed.NOTHING : job.passed;
    }

    /** The last lines of a job's output, the oldest first. */
    synchronized List<Line> lines(String key) {
        Ring<Raw> raw = writers.get(key);
        return raw == null ? List.of() : raw.toList().stream().map(RecentRuns::decode).toList();
    }

    private static Line decode(Raw raw) {
        String text = new String(raw.bytes, StandardCharsets.UTF_8);
        // A character that was cut in two.
        String whole = raw.shortened && text.endsWith("\uFFFD") ? text.substring(0, text.length() - 1) : text;
        return new Line(raw.run, raw.channel, raw.shortened ? whole + " ..." : whole);
    }
}
