package io.pidone.cron.crontab;

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
 * @param stopSignal how a run is asked to end, a name such as {@code TERM} or a number, see signal(7)
 * @param gracePeriod from the stop signal to {@code SIGKILL}; empty: no limit
 */
public record EntrySettings(
        Optional<Duration> timeout,
        Duration splay,
        Overlap overlap,
        Retry retry,
        Optional<Duration> catchUp,
        String stopSignal,
        Optional<Duration> gracePeriod) {

    /** No limits, no delay, no overlap, no retry, no catch-up, {@code TERM} and ten seconds of grace. */
    public static final EntrySettings DEFAULT = new EntrySettings(Optional.empty(), Duration.ZERO, Overlap.SKIP,
            Retry.NONE, Optional.empty(), "TERM", Optional.of(Duration.ofSeconds(10)));

    public EntrySettings withTimeout(Optional<Duration> changed) {
        return new EntrySettings(changed, splay, overlap, retry, catchUp, stopSignal, gracePeriod);
    }

    public EntrySettings withSplay(Duration changed) {
        return new EntrySettings(timeout, changed, overlap, retry, catchUp, stopSignal, gracePeriod);
    }

    public EntrySettings withOverlap(Overlap changed) {
        return new EntrySettings(timeout, splay, changed, retry, catchUp, stopSignal, gracePeriod);
    }

    public EntrySettings withRetry(Retry changed) {
        return new EntrySettings(timeout, splay, overlap, changed, catchUp, stopSignal, gracePeriod);
    }

    public EntrySettings withCatchUp(Optional<Duration> changed) {
        return new EntrySettings(timeout, splay, overlap, retry, changed, stopSignal, gracePeriod);
    }

    public EntrySettings withStopSignal(String changed) {
        return new EntrySettings(timeout, splay, overlap, retry, catchUp, changed, gracePeriod);
    }

    public EntrySettings withGracePeriod(Optional<Duration> changed) {
        return new EntrySettings(timeout, splay, overlap, retry, catchUp, stopSignal, changed);
    }
}
