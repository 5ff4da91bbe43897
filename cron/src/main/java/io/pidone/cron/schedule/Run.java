package io.pidone.cron.schedule;

import java.time.Instant;

/**
 * One run of a job.
 *
 * @param job as it was when the run began
 * @param number counts the runs of the job, 1 is the first; goes on after a restart where a history is kept
 * @param attempt 1; more for a run that repeats a failed one
 * @param fireTime the moment that the schedule names for it
 * @param startedAt the moment it began
 */
public record Run(Job job, long number, int attempt, Instant fireTime, Instant startedAt) {

    /** By what tells runs apart; the rest costs time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Run that && number == that.number && job.key().equals(that.job.key());
    }

    @Override
    public int hashCode() {
        return job.key().hashCode() * 31 + Long.hashCode(number);
    }
}
