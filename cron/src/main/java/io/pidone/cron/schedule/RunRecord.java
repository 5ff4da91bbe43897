package io.pidone.cron.schedule;

/** A run that has ended, and how. */
public record RunRecord(Run run, RunOutcome outcome) {
}
