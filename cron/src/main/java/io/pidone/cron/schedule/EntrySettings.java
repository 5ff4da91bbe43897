package io.pidone.cron.schedule;

import io.pidone.process.Signal;
import java.time.Duration;
import java.util.Optional;

/**
 * How an entry is run: what the {@code PIDONE_*} variables above it say, and the defaults for what they do not.
 *
 * @param timeout the longest duration of a run; empty: no limit
 * @param splay the bound of a random delay of each run; zero: none
 * @param overlap what happens while the last run has not ended
 * @param retry what happens after a failed run
 * @param catchUp how old a missed fire time may be to be made up for; empty: missed ones are left out
 * @param stop how a run is asked to end
 * @param orphans what happens to processes that a run leaves behind
 */
public record EntrySettings(
        Optional<Duration> timeout,
        Duration splay,
        Overlap overlap,
        Retry retry,
        Optional<Duration> catchUp,
        Stop stop,
        Orphans orphans) {

    /**
     * How a run is asked to end.
     *
     * @param signal what its process group gets first
     * @param gracePeriod from that to {@code SIGKILL}; empty: no limit
     */
    public record Stop(Signal signal, Optional<Duration> gracePeriod) {
    }

    /** No limits, no delay, no overlap, no retry, no catch-up, {@code TERM} and ten seconds of grace, orphans live. */
    public static final EntrySettings DEFAULT = new EntrySettings(Optional.empty(), Duration.ZERO, Overlap.SKIP,
            Retry.NONE, Optional.empty(), new Stop(Signal.TERM, Optional.of(Duration.ofSeconds(10))), Orphans.ADOPT);

    public EntrySettings withTimeout(Optional<Duration> changed) {
        return new EntrySettings(changed, splay, overlap, retry, catchUp, stop, orphans);
    }

    public EntrySettings withSplay(Duration changed) {
        return new EntrySettings(timeout, changed, overlap, retry, catchUp, stop, orphans);
    }

    public EntrySettings withOverlap(Overlap changed) {
        return new EntrySettings(timeout, splay, changed, retry, catchUp, stop, orphans);
    }

    public EntrySettings withRetry(Retry changed) {
        return new EntrySettings(timeout, splay, overlap, changed, catchUp, stop, orphans);
    }

    public EntrySettings withCatchUp(Optional<Duration> changed) {
        return new EntrySettings(timeout, splay, overlap, retry, changed, stop, orphans);
    }

    public EntrySettings withStopSignal(Signal changed) {
        return new EntrySettings(timeout, splay, overlap, retry, catchUp, new Stop(changed, stop.gracePeriod()),
                orphans);
    }

    public EntrySettings withGracePeriod(Optional<Duration> changed) {
        return new EntrySettings(timeout, splay, overlap, retry, catchUp, new Stop(stop.signal(), changed), orphans);
    }

    public EntrySettings withOrphans(Orphans changed) {
        return new EntrySettings(timeout, splay, overlap, retry, catchUp, stop, changed);
    }
}
