package io.pidone.cron.schedule;

/** What happens at a fire time of an entry whose last run has not ended. */
public enum Overlap {
    /** The new run is left out. */
    SKIP,
    /** Both run at the same time. */
    ALLOW,
    /** The new run starts when the last has ended. */
    QUEUE,
    /** The last run is stopped, then the new one starts. */
    REPLACE
}
