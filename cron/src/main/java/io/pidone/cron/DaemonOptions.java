package io.pidone.cron;

import io.pidone.cron.crontab.CrontabSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How a daemon runs its crontabs.
 *
 * @param files crontabs, and directories of them
 * @param syntax how they are read, the defaults of their entries included
 * @param zone on whose wall clock entries without a zone of their own run
 * @param forwardStop whether the signal that stops the daemon reaches the runs that go on
 * @param gracePeriod from the first stopping signal to {@code SIGKILL} for what still runs; empty: no limit
 */
public record DaemonOptions(
        List<Path> files,
        CrontabSyntax syntax,
        ZoneId zone,
        boolean forwardStop,
        Optional<Duration> gracePeriod) {
}
