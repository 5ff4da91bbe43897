package io.pidone.cron.schedule;

import java.time.Instant;
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

    /** The last fire time that came before this process; empty if none is known. */
    Optional<Instant> lastFireTime(Job job);

    /** How many runs had begun before this process. */
    long runs(Job job);

    /** A fire time has come; its run is about to begin. */
    void fired(Job job, Instant fireTime);

    /** A run has ended. */
    void ended(Run run, RunOutcome outcome);
}
