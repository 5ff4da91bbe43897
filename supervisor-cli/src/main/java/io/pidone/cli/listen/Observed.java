package io.pidone.cli.listen;

import io.pidone.cron.schedule.JobStatus;
import java.time.Duration;
import java.util.List;

/** The cron as its listeners see it: from another thread, and never waiting for long. Thread-safe. */
public interface Observed {

    /** For what can also be told without an answer. */
    Duration SHORT = Duration.ofSeconds(1);

    /** For the question whether there is one. */
    Duration LONG = Duration.ofSeconds(5);

    /**
     * Where each job stands, at most half a second old.
     *
     * @param patience how long the scheduler's thread may leave a question unanswered, this one or an earlier one
     * @throws UnresponsiveException if it does not answer in that time
     */
    List<JobStatus> status(Duration patience);

    /** Whether crontabs hold and are fired. */
    boolean ready();

    /** The scheduler's thread did not answer in time. */
    final class UnresponsiveException extends RuntimeException {

        private static final long serialVersionUID = 1;

        /** With one line of what was waited for. */
        public UnresponsiveException(String message) {
            super(message);
        }
    }
}
