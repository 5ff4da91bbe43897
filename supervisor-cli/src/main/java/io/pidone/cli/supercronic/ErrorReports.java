package io.pidone.cli.supercronic;

import java.util.Map;

/** Told of errors, to pass them on to where people look. For any thread. */
public interface ErrorReports extends AutoCloseable {

    /** Nobody is told. */
    ErrorReports NONE = new ErrorReports() {

        @Override
        public void report(boolean fatal, String message, Map<String, Object> fields) {
            // Nobody is told.
        }

        @Override
        public void close() {
            // There is nothing to end.
        }
    };

    /** One error; never waits. */
    void report(boolean fatal, String message, Map<String, Object> fields);

    /** Passes on what is left, for at most two seconds. */
    @Override
    void close();
}
