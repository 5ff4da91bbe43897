package io.pidone.cron;

/** Where a command wrote to. */
public enum Channel {
    STDOUT,
    STDERR;

    /** As a log has it: {@code stdout}. */
    @Override
    public String toString() {
        return this == STDOUT ? "stdout" : "stderr";
    }
}
