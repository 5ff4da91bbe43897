package io.pidone.cli.listen;

import io.pidone.cron.DaemonEvent;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.cron.schedule.Work;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A cron that a test moves by hand: its jobs, what becomes of their runs, and whether it answers. Thread-safe. */
final class SampleCron implements Observed {

    /** Hears everything and says nothing. */
    static final EventSink NOBODY = new EventSink() {

        @Override
        public boolean wants(Event.Severity severity) {
            return false;
        }

        @Override
        public void accept(Event event) {
            // Nobody.
        }
    };

    /** Work that is only described. */
    private record Described(String description) implements Work {

        @Override
        public Running start(Run run, Consumer<Ended> ended) {
            throw new UnsupportedOperationException();
        }
    }

    private volatile List<JobStatus> status = List.of();
    private volatile boolean ready = true;
    private volatile boolean answers = true;

    static Job job(int position, String name, String schedule, String command) {
        return new Job(name, name, "crontab:" + (position + 1), position, CronExpression.parse(schedule),
                ZoneId.of("Europe/Berlin"), new Described(command), EntrySettings.DEFAULT);
    }

    static Run run(Job job, long number, Instant startedAt) {
        return new Run(job, number, 1, startedAt, startedAt);
    }

    static CronEvent ended(Run run, int exitCode, Duration duration) {
        return new CronEvent.RunEnded(run, new RunOutcome(ExitStatus.exited(exitCode),
                new ResourceUsage(30_000, 20_000, 4096), duration, false, Optional.empty()));
    }

    /** What a daemon tells when it has read a crontab with these lines. */
    static DaemonEvent loaded(boolean again, String... lines) {
        try {
            return new DaemonEvent.CrontabLoaded(List.of("crontab"), new CrontabReader(CrontabSyntax.of(Dialect.PIDONE))
                    .parse("crontab", String.join("\n", lines) + "\n"), again);
        } catch (CrontabException e) {
            return new DaemonEvent.CrontabRefused(e);
        }
    }

    /** Has these jobs, the next fire time of each one minute after that of the one before. */
    void jobs(List<Job> jobs, Instant firstFireTime) {
        List<JobStatus> all = new ArrayList<>();
        for (Job job : jobs) {
            all.add(new JobStatus(job, Optional.of(firstFireTime.plus(Duration.ofMinutes(all.size()))), 0, List.of(),
                    Optional.empty()));
        }
        status = all;
    }

    /** Has this run going on. */
    void running(Run run) {
        status = status.stream().map(each -> each.job().key().equals(run.job().key())
                ? new JobStatus(each.job(), each.next(), run.number(), List.of(run), each.last()) : each).toList();
    }

    void ready(boolean changed) {
        ready = changed;
    }

    void answers(boolean changed) {
        answers = changed;
    }

    @Override
    public List<JobStatus> status(Duration patience) {
        if (!answers) {
            throw new UnresponsiveException("the scheduler's thread has not answered for 7 s");
        }
        return status;
    }

    @Override
    public boolean ready() {
        return ready;
    }
}
