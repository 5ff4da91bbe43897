package io.pidone.cli.cron;

import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Orphans;
import io.pidone.cron.schedule.Overlap;
import io.pidone.cron.schedule.Retry;
import io.pidone.process.Signal;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how entries are run that do not say otherwise. */
final class EntryDefaults {

    @Option(names = "--timeout", paramLabel = "DURATION", converter = Values.OfDuration.class, description = {
            "The longest run of an entry (PIDONE_TIMEOUT); default: no limit."})
    private Duration timeout = Duration.ZERO;

    @Option(names = "--splay", paramLabel = "DURATION", converter = Values.OfDuration.class, description = {
            "The bound of a random delay of each run (PIDONE_SPLAY); default: none."})
    private Duration splay = Duration.ZERO;

    @Option(names = "--overlap", paramLabel = "HOW", converter = Values.OfOverlap.class, description = {
            "skip (the default), allow, queue or replace, while the last run goes on (PIDONE_OVERLAP)."})
    private Overlap overlap = Overlap.SKIP;

    @Option(names = "--retry", paramLabel = "N[,DELAY]", converter = Values.OfRetry.class, description = {
            "How often a failed run is tried again; each delay is twice the last (PIDONE_RETRY)."})
    private Retry retry = Retry.NONE;

    @Option(names = "--catch-up", paramLabel = "DURATION", converter = Values.OfDuration.class, description = {
            "Make up for a missed fire time up to this age; with --state also over a restart (PIDONE_CATCH_UP)."})
    private Duration catchUp = Duration.ZERO;

    @Option(names = "--stop-signal", paramLabel = "SIGNAL", converter = Values.OfSignal.class, description = {
            "How a run is asked to end (PIDONE_STOP_SIGNAL); default TERM."})
    private Signal stopSignal = Signal.TERM;

    @Option(names = "--run-grace-period", paramLabel = "DURATION", converter = Values.OfDuration.class,
            description = {"From that to SIGKILL (in a crontab PIDONE_GRACE_PERIOD); default 10s."})
    private Duration gracePeriod = Duration.ofSeconds(10);

    @Option(names = "--orphans", paramLabel = "HOW", converter = Values.OfOrphans.class, description = {
            "adopt (the default) or terminate what a run leaves behind (PIDONE_ORPHANS)."})
    private Orphans orphans = Orphans.ADOPT;

    EntrySettings settings() {
        return EntrySettings.DEFAULT.withTimeout(limit(timeout)).withSplay(splay).withOverlap(overlap)
                .withRetry(retry).withCatchUp(limit(catchUp)).withStopSignal(stopSignal)
                .withGracePeriod(Optional.of(gracePeriod)).withOrphans(orphans);
    }

    private static Optional<Duration> limit(Duration duration) {
        return Optional.of(duration).filter(d -> !d.isZero());
    }
}
