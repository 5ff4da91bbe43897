package io.pidone.cli.cron;

import io.pidone.cron.crontab.Crontab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pidone cron check}: reads crontabs and says every error in them. */
@Command(name = "check", customSynopsis = "pidone cron check [OPTIONS] CRONTAB...", sortOptions = false,
        description = "Reads crontabs and says every error with file, line and column.%nExit code 0: none; 1: errors.")
final class CheckCommand implements Subcommand {

    @Parameters(paramLabel = "CRONTAB", arity = "1..*", description = "Files, or directories of them.")
    private List<String> files = new ArrayList<>();

    @Mixin
    private Reading reading;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Override
    public int run(Surroundings around) throws IOException {
        around.endBySignals();
        Optional<Crontab> crontab = reading.read(files, around.err());
        if (crontab.isEmpty()) {
            return CronCommand.FAILED;
        }
        int entries = crontab.get().entries().size();
        around.out().line(entries + (entries == 1 ? " entry" : " entries") + ", no errors");
        return CronCommand.DONE;
    }
}
