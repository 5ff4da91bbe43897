package io.pidone.cron.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a job stands, at one moment.
 *
 * @param job what it is
 * @param next its next fire time; empty if it has none
 * @param runs how many runs have begun, those before a restart included where a history is kept
 * @param running the runs that go on
 * @param last the run that ended last; empty if none has
 */
public record JobStatus(Job job, Optional<Instant> next, long runs, List<Run> running, Optional<RunRecord> last) {
}
