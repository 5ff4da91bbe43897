package io.pidone.cron.schedule;

import io.pidone.event.Event;
import io.pidone.process.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that happened to a job. */
public sealed interface CronEvent extends Event {

    /** The job it happened to. */
    Job job();

    /** What every line about the job carries, and then {@code keysAndValues}. */
    private static Map<String, Object> about(Job job, Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("entry", job.name());
        fields.putAll(Event.ordered(keysAndValues));
        return fields;
    }

    private static Map<String, Object> about(Run run, Object... keysAndValues) {
        Map<String, Object> fields = about(run.job(), "run", run.number());
        fields.putAll(Event.ordered(keysAndValues));
        return fields;
    }

    /** Seconds with up to three decimals. */
    private static String seconds(Duration duration) {
        String text = Double.toString(duration.toMillis() / 1e3);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
    }

    /** Nothing where the peak is not known, which is 0. */
    private static String memory(long peakKiB) {
        return peakKiB == 0 ? "" : ", memory " + (peakKiB >> 10) + " MiB";
    }

    /** A fire time has come. */
    record EntryFired(Job job, Instant fireTime) implements CronEvent {

        @Override
        public Severity severity() {
            return Severity.DEBUG;
        }

        @Override
        public String name() {
            return "entry_fired";
        }

        @Override
        public String message() {
            return "fired for " + fireTime;
        }

        @Override
        public Map<String, Object> fields() {
            return about(job, "schedule", job.schedule().text(), "fire_time", fireTime);
        }
    }

    /** Fire times passed without a run, since the machine slept, the clock was set, or nothing ran. */
    record EntryMisfired(Job job, int missed, Instant first, Instant last, boolean madeUp) implements CronEvent {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "entry_misfired";
        }

        @Override
        public String message() {
            String what = missed == 1 ? "missed the fire time " + last
                    : "missed " + missed + " fire times from " + first + " to " + last;
            return what + (madeUp ? "; making up for the last one now" : "");
        }

        @Override
        public Map<String, Object> fields() {
            return about(job, "missed", missed, "first", first, "last", last, "made_up", madeUp);
        }
    }

    /** A run is left out, since an earlier one has not ended. */
    record RunSkipped(Job job, Instant fireTime, Run running, int queued) implements CronEvent {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "run_skipped";
        }

        @Override
        public String message() {
            return "skipped: run " + running.number() + " is still running since " + running.startedAt()
                    + (queued > 0 ? " and " + queued + " wait" : "");
        }

        @Override
        public Map<String, Object> fields() {
            return about(job, "fire_time", fireTime, "running", running.number());
        }
    }

    /** A run still goes on at a later fire time of its job; {@link OverdueRuns} tells of it, where it is asked to. */
    record RunOverdue(Run run, Instant fireTime) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "run_overdue";
        }

        @Override
        public String message() {
            return "still running at " + fireTime + ", since " + run.fireTime();
        }

        @Override
        public Map<String, Object> fields() {
            return about(run, "fire_time", fireTime);
        }
    }

    /** A run waits for the end of an earlier one; with {@code stopping} that one is asked to end. */
    record RunQueued(Job job, Instant fireTime, Run running, boolean stopping) implements CronEvent {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "run_queued";
        }

        @Override
        public String message() {
            return stopping ? "ending run " + running.number() + " to begin anew"
                    : "waiting for the end of run " + running.number();
        }

        @Override
        public Map<String, Object> fields() {
            return about(job, "fire_time", fireTime, "running", running.number());
        }
    }

    /** A run has begun; {@code pid} is 0 for work without a process. */
    record RunStarted(Run run, int pid) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "run_started";
        }

        @Override
        public String message() {
            return "started" + (run.attempt() > 1 ? ", attempt " + run.attempt() : "") + ": "
                    + run.job().work().description();
        }

        @Override
        public Map<String, Object> fields() {
            return about(run, "pid", pid, "attempt", run.attempt(), "fire_time", run.fireTime());
        }
    }

    /** A run could not begin; {@code exitCode} is a shell's. */
    record RunNotStarted(Run run, String reason, int exitCode) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String name() {
            return "run_not_started";
        }

        @Override
        public String message() {
            return "cannot be started: " + reason;
        }

        @Override
        public Map<String, Object> fields() {
            return about(run, "exit_code", exitCode, "reason", reason);
        }
    }

    /** A run has ended. */
    record RunEnded(Run run, RunOutcome outcome) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return outcome.success() ? Severity.INFO : Severity.ERROR;
        }

        @Override
        public String name() {
            return "run_ended";
        }

        @Override
        public String message() {
            long cpuMicros = outcome.usage().userMicros() + outcome.usage().systemMicros();
            return (outcome.success() ? "succeeded" : "failed: " + outcome.describe()) + " after "
                    + seconds(outcome.duration()) + ", CPU " + seconds(Duration.ofNanos(cpuMicros * 1000))
                    + memory(outcome.usage().maxRssKiB());
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = about(run, "exit_code", outcome.status().shellCode(),
                    "duration_s", outcome.duration().toMillis() / 1e3,
                    "user_s", outcome.usage().userMicros() / 1e6, "system_s", outcome.usage().systemMicros() / 1e6,
                    "timed_out", outcome.timedOut());
            if (outcome.usage().maxRssKiB() > 0) {
                fields.put("max_rss_kib", outcome.usage().maxRssKiB());
            }
            return fields;
        }
    }

    /** A failed run is tried again after {@code delay}. */
    record RetryPlanned(Run run, Duration delay) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "retry_planned";
        }

        @Override
        public String message() {
            return "trying again in " + seconds(delay) + ", attempt " + (run.attempt() + 1) + " of "
                    + (run.job().settings().retry().attempts() + 1);
        }

        @Override
        public Map<String, Object> fields() {
            return about(run, "attempt", run.attempt() + 1, "delay_s", delay.toMillis() / 1e3);
        }
    }

    /** A run was sent a signal to end, for this reason. */
    record RunStopped(Run run, String reason, Signal signal) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return signal == Signal.KILL ? "stop_escalated" : "run_stopped";
        }

        @Override
        public String message() {
            return reason + ": sent " + signal;
        }

        @Override
        public Map<String, Object> fields() {
            return about(run, "reason", reason, "signal", signal);
        }
    }

    /** A run has ended and left these processes behind. */
    record OrphansLeft(Run run, List<String> processes, boolean terminated) implements CronEvent {

        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "orphans_left";
        }

        @Override
        public String message() {
            return "left behind " + String.join(", ", processes)
                    + (terminated ? "; ending them" : "; set PIDONE_ORPHANS=terminate to end them");
        }

        @Override
        public Map<String, Object> fields() {
            return about(run, "processes", String.join(" ", processes), "terminated", terminated);
        }
    }
}
