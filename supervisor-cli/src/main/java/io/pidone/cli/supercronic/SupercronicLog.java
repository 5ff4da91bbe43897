package io.pidone.cli.supercronic;

import io.pidone.cron.Channel;
import io.pidone.cron.DaemonEvent;
import io.pidone.cron.OutputSink;
import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.Diagnostic;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Overlap;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NativeText;
import io.pidone.process.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Events and what jobs write, in supercronic's words. For the output thread, and before there is one for the only one.
 */
final class SupercronicLog implements EventSink, OutputSink {

    private static final String TOO_LONG = "last line exceeded buffer size, continuing...";

    /** The fields of the last line, which are most often those of the next. */
    private record Rendered(Run run, Channel channel, String info, String warning) {

        boolean isOf(Run other, Channel otherChannel) {
            return run == other && channel == otherChannel;
        }
    }

    private final Logrus log;
    private final InstantSource clock;
    private final ZoneId zone;
    private final boolean reaps;
    private List<Fields> jobs = List.of();
    private Rendered rendered = new Rendered(null, null, "", "");

    /**
     * A log.
     *
     * @param zone where jobs without one of their own are scheduled
     * @param reaps whether reaped orphans are told of
     */
    SupercronicLog(Logrus log, InstantSource clock, ZoneId zone, boolean reaps) {
        this.log = log;
        this.clock = clock;
        this.zone = zone;
        this.reaps = reaps;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return true;
    }

    @Override
    public void accept(Event event) {
        try {
            if (event instanceof CronEvent about) {
                tell(about);
            } else if (event instanceof DaemonEvent about) {
                tell(about);
            } else {
                tellOther(event);
            }
        } catch (RuntimeException | Error e) {
            // A message is never worth the process.
        }
    }

    private void tell(CronEvent event) {
        if (event instanceof CronEvent.RunStarted started) {
            log.log(Level.INFO, "starting", Fields.of(started.run()));
        } else if (event instanceof CronEvent.RunEnded ended) {
            tell(ended);
        } else if (event instanceof CronEvent.RunNotStarted failed) {
            log.log(Level.INFO, "starting", Fields.of(failed.run()));
            log.log(Level.ERROR, "error running command: " + failed.reason(), Fields.of(failed.run()));
        } else if (event instanceof CronEvent.EntryMisfired misfired) {
            behind(misfired.job(), misfired.first());
        } else if (event instanceof CronEvent.RunOverdue overdue) {
            stillRunning(overdue.run(), overdue.fireTime());
        } else if (event instanceof CronEvent.RunStopped stopped) {
            log.log(Level.WARNING, stopped.message(), Fields.of(stopped.run()));
        } else if (event instanceof CronEvent.RetryPlanned planned) {
            log.log(Level.INFO, planned.message(), Fields.of(planned.run()));
        } else if (!(event instanceof CronEvent.RunSkipped || event instanceof CronEvent.EntryFired)) {
            // Skipped runs are told of by RunOverdue, which comes while the daemon stops, too.
            log.log(Level.DEBUG, event.message(), Fields.of(event.job()));
        }
    }

    private void tell(CronEvent.RunEnded ended) {
        Run run = ended.run();
        if (ended.outcome().success()) {
            log.log(Level.INFO, "job succeeded", Fields.of(run));
        } else {
            log.log(Level.ERROR, "error running command: "
                    + ended.outcome().failure().orElseGet(() -> GoText.status(ended.outcome().status()))
                    + (ended.outcome().timedOut() ? ", its time was up" : ""), Fields.of(run));
        }
        Job job = run.job();
        if (job.settings().overlap() == Overlap.SKIP) {
            Instant now = clock.instant();
            job.schedule().nextFireTime(run.fireTime(), job.zone()).filter(next -> next.isBefore(now))
                    .ifPresent(next -> behind(job, next));
        }
        next(Fields.of(job), job.schedule().nextFireTime(clock.instant(), job.zone()), job.zone());
    }

    private void behind(Job job, Instant missed) {
        log.log(Level.WARNING, "job took too long to run: it should have started "
                + GoText.duration(Duration.between(missed, clock.instant())) + " ago", Fields.of(job));
    }

    private void stillRunning(Run run, Instant fireTime) {
        String what = run.job().settings().overlap() == Overlap.ALLOW ? "overlapping jobs" : "not starting";
        log.log(Level.WARNING, what + ": job is still running since "
                + GoText.time(run.fireTime(), run.job().zone()) + " ("
                + GoText.duration(Duration.between(run.fireTime(), fireTime)) + " elapsed)", Fields.of(run));
    }

    private void next(Fields job, Optional<Instant> next, ZoneId where) {
        if (next.isPresent() && log.wants(Level.DEBUG)) {
            log.log(Level.DEBUG, "job will run next at " + GoText.time(next.get(), where), job);
        }
    }

    private void tell(DaemonEvent event) {
        if (event instanceof DaemonEvent.CrontabLoaded loaded) {
            if (loaded.again()) {
                loaded.files().forEach(this::readCrontab);
            }
            use(loaded.crontab());
        } else if (event instanceof DaemonEvent.CrontabRefused refused) {
            readCrontab(refused.cause().errors().get(0).file());
            refused.cause().errors().stream().map(Diagnostic::toString)
                    .forEach(error -> log.log(Level.ERROR, error));
            log.log(Level.ERROR, "the changed crontab is not used, the earlier one stays");
        } else if (event instanceof DaemonEvent.CrontabDoubtful doubtful) {
            log.log(Level.WARNING, doubtful.message());
        } else if (event instanceof DaemonEvent.StopBegun begun) {
            log.log(Level.INFO, "received " + GoText.signal(begun.signal()) + ", shutting down");
            log.log(Level.INFO, "waiting for jobs to finish");
            jobs.forEach(job -> log.log(Level.DEBUG, "shutting down", job));
        } else {
            log.log(Level.INFO, "exiting");
        }
    }

    private void readCrontab(String file) {
        log.log(Level.INFO, "read crontab: " + file);
    }

    /** What its variables mean. */
    void tellVariables(Crontab crontab) {
        crontab.environment().forEach((name, value) -> {
            switch (name) {
                case "SHELL" -> log.log(Level.INFO, "processes will be spawned using shell: " + value);
                case "USER" -> log.log(Level.WARNING, "processes will NOT be spawned as USER=" + value);
                case "CRON_TZ" -> log.log(Level.INFO, "processes will be spawned using TZ: "
                        + (value.isEmpty() ? "UTC" : value));
                default -> { }
            }
        });
    }

    private void use(Crontab crontab) {
        tellVariables(crontab);
        jobs = crontab.entries().stream().map(Fields::of).toList();
        for (int i = 0; i < jobs.size() && log.wants(Level.DEBUG); i++) {
            Entry entry = crontab.entries().get(i);
            ZoneId where = entry.zone().orElse(zone);
            next(jobs.get(i), entry.schedule().nextFireTime(clock.instant(), where), where);
        }
    }

    private void tellOther(Event event) {
        if (event instanceof Event.SignalReceived received) {
            if (received.signal() == Signal.HUP || received.signal() == Signal.USR2) {
                reloading(received.signal());
            }
        } else if (event instanceof Event.OrphanReaped reaped) {
            if (reaps) {
                log.log(Level.WARNING, "reaper cleanup: pid=" + reaped.pid() + ", wstatus="
                        + GoText.waitStatus(reaped.status()));
            }
        } else {
            log.log(switch (event.severity()) {
                case ERROR -> Level.ERROR;
                case WARN -> Level.WARNING;
                case INFO -> Level.INFO;
                case DEBUG, TRACE -> Level.DEBUG;
            }, event.message());
        }
    }

    private void reloading(Signal signal) {
        log.log(Level.INFO, "received " + GoText.signal(signal) + ", reloading crontab");
    }

    @Override
    public void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        if (!rendered.isOf(run, channel)) {
            Fields fields = Fields.of(run, channel);
            rendered = new Rendered(run, channel, log.render(Level.INFO, fields),
                    log.render(Level.WARNING, fields));
        }
        if (log.wants(Level.INFO)) {
            log.write(Level.INFO, NativeText.decode(bytes, from, to), rendered.info);
        }
        if (cut) {
            log.write(Level.WARNING, TOO_LONG, rendered.warning);
        }
    }

    @Override
    public void flush() {
        log.flush();
    }
}
