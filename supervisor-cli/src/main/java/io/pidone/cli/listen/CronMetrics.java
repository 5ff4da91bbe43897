package io.pidone.cli.listen;

import io.pidone.cli.listen.Exposition.Families;
import io.pidone.cli.listen.Exposition.FamilySink;
import io.pidone.cli.listen.Figure.Kind;
import io.pidone.cli.listen.Figure.Metric;
import io.pidone.cli.listen.SeriesTable.Row;
import io.pidone.cron.Channel;
import io.pidone.cron.DaemonEvent;
import io.pidone.cron.OutputSink;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.CronEvent.EntryFired;
import io.pidone.cron.schedule.CronEvent.EntryMisfired;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Figures of a cron. The label {@code entry} is an entry's name, never its command; entries of the same name count
 * together, and those that a reload takes away take their series with them.
 *
 * <p>Told of events by the loop's thread, so that a log that nobody reads does not hold it up, and of output by the
 * output thread; read by any.
 */
final class CronMetrics implements EventSink, OutputSink, Families {

    private static final double[] DURATIONS =
            {.1, .5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800, Double.POSITIVE_INFINITY};
    private static final double[] LATENESS =
            {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 10, 60, Double.POSITIVE_INFINITY};

    private final String version;
    private final InstantSource clock;
    private final Observed observed;
    private final SeriesTable<CronFigure> entries = new SeriesTable<>(CronFigure.values(),
            new Metric(Kind.GAUGE, "pidone_cron_run_duration_seconds", "Duration of runs that have ended."), DURATIONS);
    private final BucketCounts lateness = new BucketCounts(LATENESS);
    private final AtomicLong orphansReaped = new AtomicLong();
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong failedHandlers = new AtomicLong();
    private volatile int entryCount;
    private volatile boolean refusedLast;
    /** Of the loop's thread: the misfire that was just told of is not late, it is made up for. */
    private EntryMisfired misfire;
    /** Of the output thread: whose line was the last one. */
    private Run writing;
    private Optional<Row<CronFigure>> written = Optional.empty();

    CronMetrics(String version, InstantSource clock, Observed observed) {
        this.version = version;
        this.clock = clock;
        this.observed = observed;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity != Event.Severity.TRACE;
    }

    @Override
    public void accept(Event event) {
        accept(event, event instanceof EntryFired ? clock.instant() : Instant.EPOCH);
    }

    @Override
    public void accept(Event event, Instant moment) {
        if (event instanceof CronEvent told) {
            // None for a run of an entry that a reload has taken away.
            entries.find(told.job().name()).ifPresent(row -> about(told, row, moment));
        } else if (event instanceof DaemonEvent.CrontabLoaded loaded) {
            loaded(loaded);
        } else if (event instanceof DaemonEvent.CrontabRefused) {
            refusals.incrementAndGet();
            refusedLast = true;
        } else if (event instanceof Event.OrphanReaped) {
            orphansReaped.incrementAndGet();
        } else if (event instanceof Event.HandlerFailed) {
            failedHandlers.incrementAndGet();
        }
    }

    private void about(CronEvent event, Row<CronFigure> row, Instant moment) {
        if (event instanceof EntryFired fired) {
            fired(fired, moment);
        } else if (event instanceof CronEvent.RunStarted started) {
            row.add(CronFigure.RUNNING, 1);
            countRetry(started.run(), row);
        } else if (event instanceof CronEvent.RunEnded ended) {
            ended(ended.run(), ended.outcome(), row);
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            row.add(CronFigure.NOT_STARTED, 1);
            row.set(CronFigure.LAST_EXIT_CODE, failed.exitCode());
            countRetry(failed.run(), row);
        } else if (event instanceof CronEvent.RunSkipped) {
            row.add(CronFigure.SKIPPED, 1);
        } else if (event instanceof EntryMisfired missed) {
            misfire = missed;
            row.add(CronFigure.MISFIRES, missed.missed());
        } else if (event instanceof CronEvent.OrphansLeft left) {
            row.add(CronFigure.ORPHANS_LEFT, left.processes().size());
        }
    }

    private void fired(EntryFired fired, Instant moment) {
        boolean madeUp = misfire != null && misfire.job().key().equals(fired.job().key())
                && misfire.last().equals(fired.fireTime());
        misfire = null;
        if (!madeUp && !fired.job().schedule().atReboot()) {
            lateness.observe(Math.max(0, Duration.between(fired.fireTime(), moment).toNanos() / 1e9));
        }
    }

    private static void countRetry(Run run, Row<CronFigure> row) {
        if (run.attempt() > 1) {
            row.add(CronFigure.RETRIES, 1);
        }
    }

    private static void ended(Run run, RunOutcome outcome, Row<CronFigure> row) {
        // An entry that was taken away and came back meanwhile has begun at 0.
        row.set(CronFigure.RUNNING, Math.max(0, row.get(CronFigure.RUNNING) - 1));
        row.add(CronFigure.of(Outcome.of(outcome)), 1);
        double seconds = outcome.duration().toNanos() / 1e9;
        row.observe(seconds);
        row.set(CronFigure.LAST_DURATION, seconds);
        row.add(CronFigure.CPU_SECONDS, (outcome.usage().userMicros() + outcome.usage().systemMicros()) / 1e6);
        row.set(CronFigure.LAST_EXIT_CODE, outcome.status().shellCode());
        if (outcome.usage().maxRssKiB() > 0) {
            row.set(CronFigure.LAST_PEAK, outcome.usage().maxRssKiB() * 1024.0);
        }
        if (outcome.success()) {
            row.set(CronFigure.LAST_SUCCESS, run.startedAt().plus(outcome.duration()).toEpochMilli() / 1e3);
        }
    }

    private void loaded(DaemonEvent.CrontabLoaded loaded) {
        Set<String> names = loaded.crontab().entries().stream().map(Entry::label).collect(Collectors.toSet());
        entries.retain(names);
        names.forEach(name -> entries.make(name, () -> Labels.of("entry", name)));
        entryCount = loaded.crontab().entries().size();
        refusedLast = false;
        if (loaded.again()) {
            reloads.incrementAndGet();
        }
    }

    @Override
    public void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        if (writing != run) {
            writing = run;
            written = entries.find(run.job().name());
        }
        if (written.isPresent()) {
            written.get().add(channel == Channel.STDOUT ? CronFigure.STDOUT_BYTES : CronFigure.STDERR_BYTES, to - from);
        }
    }

    @Override
    public void writeTo(FamilySink sink) throws IOException {
        sink.accept(new InfoSnapshot(new MetricMetadata("pidone_build", "The version of pidone."),
                List.of(new InfoDataPointSnapshot(Labels.of("version", version)))));
        gauge(sink, "pidone_cron_entries", "Entries of the crontabs that hold.", entryCount);
        counter(sink, "pidone_cron_reloads_total", "Crontabs that were read again: they hold now, or were refused.",
                Map.of(Labels.of("outcome", "success"), reloads, Labels.of("outcome", "failure"), refusals));
        gauge(sink, "pidone_cron_last_reload_successful", "0 if the crontabs as they are now were refused.",
                refusedLast ? 0 : 1);
        entries.writeTo(sink);
        sink.accept(nextFireTimes());
        sink.accept(new HistogramSnapshot(new MetricMetadata("pidone_cron_fire_lateness_seconds",
                "From a fire time to the moment at which it was served; jitter, queues, retries and what was made up "
                + "for left out."), List.of(lateness.point(Labels.EMPTY))));
        counter(sink, "pidone_orphans_reaped_total", "Processes that others had left behind, and that were reaped.",
                Map.of(Labels.EMPTY, orphansReaped));
        counter(sink, "pidone_internal_errors_total", "Failures of pidone's own that it survived; each is in the log.",
                Map.of(Labels.EMPTY, failedHandlers));
    }

    /** The earliest of the entries of each name; no series while the scheduler does not answer. */
    private GaugeSnapshot nextFireTimes() {
        Map<String, Double> earliest = new TreeMap<>();
        try {
            for (JobStatus status : observed.status(Observed.SHORT)) {
                status.next().ifPresent(next -> earliest.merge(status.job().name(), next.toEpochMilli() / 1e3,
                        Math::min));
            }
        } catch (Observed.UnresponsiveException e) {
            // The other metrics are all the more of interest.
            earliest.clear();
        }
        List<GaugeDataPointSnapshot> points = new ArrayList<>(earliest.size());
        earliest.forEach((name, next) -> points.add(new GaugeDataPointSnapshot(next, Labels.of("entry", name), null)));
        return new GaugeSnapshot(new MetricMetadata("pidone_cron_next_fire_timestamp_seconds", "The next fire time."),
                points);
    }

    private static void gauge(FamilySink sink, String name, String help, double value) throws IOException {
        sink.accept(new GaugeSnapshot(new MetricMetadata(name, help),
                List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))));
    }

    private static void counter(FamilySink sink, String name, String help, Map<Labels, AtomicLong> values)
            throws IOException {
        sink.accept(SeriesTable.counter(new Metric(Kind.COUNTER, name, help), values.entrySet().stream()
                .map(value -> new CounterDataPointSnapshot(value.getValue().get(), value.getKey(), null, 0)).toList()));
    }
}
