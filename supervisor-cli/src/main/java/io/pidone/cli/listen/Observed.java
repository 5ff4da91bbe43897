package io.pidone.cli.listen;

import io.pidone.cron.schedule.JobStatus;
import java.util.List;

/** The cron as its listeners see it: from another thread, and never waiting for long. Thread-safe. */
public interface Observed {

    /**
     * Where each job stands, at most half a second old.
     *
     * @throws UnresponsiveException if the scheduler's thread does not answer
     */
    List<JobStatus> status();

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
