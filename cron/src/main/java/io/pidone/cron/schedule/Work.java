package io.pidone.cron.schedule;

import io.pidone.process.Delivery;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What a job does. Two are equal if they do the same: an equal one in a reloaded crontab is no change. */
public interface Work {

    /**
     * Starts a run, on the scheduler's thread; must not wait for it.
     *
     * @param ended to be called once, on that thread, after this has returned
     * @throws StartException if nothing was started; {@code ended} is not called then
     */
    Running start(Run run, Consumer<Ended> ended) throws StartException;

    /** What people read: the command, or what the work is. */
    String description();

    /** A run that has not ended. */
    interface Running {

        /** Its process, where it has one. */
        OptionalInt pid();

        /** Signals all of it. */
        Delivery signal(Signal signal);
    }

    /**
     * How a run ended.
     *
     * @param status its process's
     * @param usage what it used
     * @param failure why work without a process failed; empty otherwise
     */
    record Ended(ExitStatus status, ResourceUsage usage, Optional<String> failure) {
    }

    /** A run could not be started. */
    final class StartException extends Exception {

        private final int exitCode;

        /**
         * A failed start.
         *
         * @param reason one line for people
         * @param exitCode what a shell would answer, 126 or 127
         */
        public StartException(String reason, int exitCode, Throwable cause) {
            super(reason, cause);
            this.exitCode = exitCode;
        }

        /** As a shell's {@code $?}. */
        public int exitCode() {
            return exitCode;
        }
    }
}
