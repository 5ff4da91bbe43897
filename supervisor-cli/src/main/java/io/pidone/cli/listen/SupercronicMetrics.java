package io.pidone.cli.listen;

import io.pidone.cli.listen.Exposition.Families;
import io.pidone.cli.listen.Exposition.FamilySink;
import io.pidone.cli.listen.Figure.Kind;
import io.pidone.cli.listen.Figure.Metric;
import io.pidone.cli.listen.SeriesTable.Row;
import io.pidone.cron.DaemonEvent;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Job;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Figures of a cron under supercronic's names and labels: the command is one of them, which makes it a good reason to
 * have names instead. A series begins with the first event that it counts, as there.
 *
 * <p>After a reload supercronic begins everything anew; here what runs on goes on counting, and entries that are gone
 * take their series with them.
 */
final class SupercronicMetrics implements EventSink, Families {

    private static final double[] DURATIONS = {10, 30, 60, 120, 300, 600, 1800, 3600, Double.POSITIVE_INFINITY};

    private final SeriesTable<SupercronicFigure> entries = new SeriesTable<>(SupercronicFigure.values(),
            new Metric(Kind.GAUGE, "supercronic_cron_execution_time_seconds", "duration of the cron executions"),
            DURATIONS);

    @Override
    public boolean wants(Event.Severity severity) {
        return severity.compareTo(Event.Severity.INFO) <= 0;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CronEvent.RunStarted started) {
            row(started.job()).add(SupercronicFigure.RUNNING, 1);
        } else if (event instanceof CronEvent.RunEnded ended) {
            Row<SupercronicFigure> row = row(ended.job());
            row.set(SupercronicFigure.RUNNING, Math.max(0, row.get(SupercronicFigure.RUNNING) - 1));
            executed(row, ended.outcome().success(), ended.outcome().duration().toNanos() / 1e9);
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            executed(row(failed.job()), false, 0);
        } else if (event instanceof CronEvent.RunOverdue late) {
            row(late.job()).add(SupercronicFigure.OVERDUE, 1);
        } else if (event instanceof DaemonEvent.CrontabLoaded loaded) {
            Set<String> keys = loaded.crontab().entries().stream().map(SupercronicMetrics::key)
                    .collect(Collectors.toSet());
            entries.retain(keys);
        }
    }

    private static void executed(Row<SupercronicFigure> row, boolean success, double seconds) {
        row.add(SupercronicFigure.EXECUTIONS, 1);
        row.add(success ? SupercronicFigure.SUCCESSES : SupercronicFigure.FAILURES, 1);
        row.observe(seconds);
    }

    private Row<SupercronicFigure> row(Job job) {
        String command = job.work().description();
        String position = Integer.toString(job.position());
        String schedule = job.schedule().text();
        return entries.make(key(command, job.position(), schedule),
                () -> Labels.of("command", command, "position", position, "schedule", schedule));
    }

    private static String key(Entry entry) {
        return key(entry.command(), entry.position(), entry.schedule().text());
    }

    private static String key(String command, int position, String schedule) {
        return command + "\n" + position + "\n" + schedule;
    }

    @Override
    public void writeTo(FamilySink sink) throws IOException {
        entries.writeTo(sink);
    }
}
