package io.pidone.cron;

import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a job.
 *
 * @param schedule the text of its schedule
 * @param since up to this moment every fire time was served or is not to be made up for: the last fire time, or when
 *     the job was first seen, came back, or changed its schedule
 * @param lastFireTime the last fire time; empty if there was none
 * @param runs how many runs have begun
 * @param successes how many of them succeeded
 * @param failures how many of them failed; a run whose end nobody saw is in neither
 * @param lastRun the run that ended last; empty if none has
 * @param absentSince since when no crontab has the job; empty: one has it
 */
public record JobState(
        String schedule,
        Instant since,
        Optional<Instant> lastFireTime,
        long runs,
        long successes,
        long failures,
        Optional<LastRun> lastRun,
        Optional<Instant> absentSince) {

    /**
     * A run that has ended.
     *
     * @param number counts the runs of the job, 1 is the first
     * @param startedAt the moment it began
     * @param duration from its start to its end, whole microseconds
     * @param exitCode a shell's: 128 plus the number of the signal that ended it
     * @param success whether it exited with 0 in time
     */
    public record LastRun(long number, Instant startedAt, Duration duration, int exitCode, boolean success) {

        private static LastRun of(Run run, RunOutcome outcome) {
            Duration micros = Duration.ofNanos(outcome.duration().toNanos() / 1000 * 1000);
            return new LastRun(run.number(), run.startedAt(), micros, outcome.status().shellCode(), outcome.success());
        }
    }

    static JobState firstSeen(String schedule, Instant now) {
        return new JobState(schedule, now, Optional.empty(), 0, 0, 0, Optional.empty(), Optional.empty());
    }

    /** A crontab has the job: what passed while none had it, or under another schedule, is not missed. */
    JobState present(String nowSchedule, Instant now) {
        boolean same = absentSince.isEmpty() && schedule.equals(nowSchedule);
        return same ? this
                : new JobState(nowSchedule, now, lastFireTime, runs, successes, failures, lastRun, Optional.empty());
    }

    JobState absent(Instant now) {
        return new JobState(schedule, since, lastFireTime, runs, successes, failures, lastRun, Optional.of(now));
    }

    JobState fired(Instant fireTime) {
        return new JobState(schedule, fireTime, Optional.of(fireTime), runs, successes, failures, lastRun,
                absentSince);
    }

    JobState began(Run run) {
        return new JobState(schedule, since, lastFireTime, Math.max(runs, run.number()), successes, failures, lastRun,
                absentSince);
    }

    JobState ended(Run run, RunOutcome outcome) {
        boolean success = outcome.success();
        return new JobState(schedule, since, lastFireTime, Math.max(runs, run.number()),
                successes + (success ? 1 : 0), failures + (success ? 0 : 1), Optional.of(LastRun.of(run, outcome)),
                absentSince);
    }

    /** Without times that lie after {@code now}: they would hide what is missed from here on. */
    JobState knownAt(Instant now) {
        if (!isAfter(now)) {
            return this;
        }
        return new JobState(schedule, since.isAfter(now) ? now : since, lastFireTime.filter(t -> !t.isAfter(now)),
                runs, successes, failures, lastRun, absentSince.map(t -> t.isAfter(now) ? now : t));
    }

    boolean isAfter(Instant now) {
        return since.isAfter(now) || lastFireTime.filter(t -> t.isAfter(now)).isPresent()
                || absentSince.filter(t -> t.isAfter(now)).isPresent();
    }
}
