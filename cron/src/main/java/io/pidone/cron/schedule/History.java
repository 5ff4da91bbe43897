package io.pidone.cron.schedule;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What is remembered of jobs, perhaps longer than a process lives. For the scheduler's thread; must not block. */
public interface History {

    /** Remembers nothing beyond the process. */
    History NONE = new History() {

        @Override
        public Optional<Instant> lastFireTime(Job job) {
            return Optional.empty();
        }

        @Override
        public long runs(Job job) {
            return 0;
        }

        @Override
        public void fired(Job job, Instant fireTime) {
            // Nothing is kept.
        }

        @Override
        public void ended(Run run, RunOutcome outcome) {
            // Nothing is kept.
        }
    };

    /** These are the jobs from {@code now} on; told before anything is asked of them. */
    default void replaceJobs(Collection<Job> jobs, Instant now) {
        // Most do not mind.
    }

    /**
     * The time up to which every fire time was served or is not to be made up for: the last fire time before this
     * process, or when the job was first seen; empty if nothing is known.
     */
    Optional<Instant> lastFireTime(Job job);

    /** How many runs had begun before this process. */
    long runs(Job job);

    /** A fire time has come; its run is about to begin. */
    void fired(Job job, Instant fireTime);

    /** A run begins. */
    default void began(Run run) {
        // Most wait for its end.
    }

    /** A run has ended. */
    void ended(Run run, RunOutcome outcome);
}
