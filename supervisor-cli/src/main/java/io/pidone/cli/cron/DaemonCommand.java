package io.pidone.cli.cron;

import io.pidone.cli.listen.ListenAddress;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.crontab.CrontabException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pidone cron CRONTAB...}: runs crontabs until it is told to stop. */
@Command(name = "cron", sortOptions = false,
        customSynopsis = {
            "pidone cron [OPTIONS] CRONTAB...",
            "       pidone cron next|check|run [OPTIONS] ..."},
        description = "Runs crontabs, and reaps whatever their commands leave behind.%n"
                + "TERM, INT and QUIT stop it, HUP and USR2 read the crontabs again.",
        footer = {"", "Each option has an environment twin (--grace-period: PIDONE_GRACE_PERIOD).",
            "Exit codes: 0 stopped by a signal; 2 wrong options or crontabs; 1 another failure."})
final class DaemonCommand implements Subcommand {

    @Parameters(paramLabel = "CRONTAB", arity = "0..*", description = "Files, or directories of them.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private Reading reading;

    @Option(names = "--timezone", paramLabel = "TZ", converter = Values.OfZone.class, description = {
            "The clock of entries without CRON_TZ; default: the system's, or $TZ."})
    private ZoneId timezone;

    @Option(names = "--state", paramLabel = "DIR", description = {
            "Remember runs in this directory, for --catch-up after a restart."})
    private Path state;

    @Option(names = "--watch", description = "Read crontabs again when they change.")
    private boolean watch;

    @Option(names = "--listen", paramLabel = "[HOST:]PORT", converter = Values.OfAddress.class, description = {
            "Metrics, health and a page for people; loopback unless a host is given."})
    private ListenAddress listen;

    @Option(names = "--grace-period", paramLabel = "DURATION", converter = Values.OfDuration.class, description = {
            "From the signal to stop to SIGKILL for what still runs; default 0: never."})
    private Duration gracePeriod = Duration.ZERO;

    @Mixin
    private EntryDefaults defaults;

    @Mixin
    private Logging logging;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public int run(Surroundings around) throws IOException {
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "CRONTAB is missing; give one or several, or a command: "
                    + "next, check, run; see 'pidone cron --help'");
        }
        List<Path> paths = Reading.paths(files, around.err());
        if (paths.size() < files.size()) {
            return CronCommand.USAGE;
        }
        DaemonOptions options = new DaemonOptions(paths, reading.syntax(defaults.settings()),
                timezone != null ? timezone : around.zone(), true,
                Optional.of(gracePeriod).filter(period -> !period.isZero()));
        CronRuntime.Extras extras = new CronRuntime.Extras(Optional.ofNullable(state), Optional.ofNullable(listen));
        try (CronRuntime runtime = new CronRuntime(around.launch(), options, logging, extras)) {
            return runtime.run(watch);
        } catch (CrontabException e) {
            Reading.complain(e, around.err());
            return CronCommand.USAGE;
        }
    }
}
