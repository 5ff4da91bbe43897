package io.pidone.cron.schedule;

/** What happens to processes that a run leaves behind when it ends. */
public enum Orphans {
    /** They live on and are reaped when they end. */
    ADOPT,
    /** They get the stop signal, and {@code SIGKILL} after the grace period. */
    TERMINATE
}
