package io.pidone.cli.cron;

import io.pidone.cron.DaemonOptions;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.schedule.EntrySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pidone cron run}: runs one entry of a crontab now, as the daemon would. */
@Command(name = "run", sortOptions = false, customSynopsis = "pidone cron run [OPTIONS] CRONTAB NAME",
        description = "Runs the entry of this name (PIDONE_NAME, or FILE:LINE) now, with its environment and settings, "
                + "retries left out.%nEnds with the command's exit code; 128+n after signal n; 124 if its time was up.")
final class RunCommand implements Subcommand {

    @Parameters(index = "0", paramLabel = "CRONTAB", description = "A file, or a directory of them.")
    private String file;

    @Parameters(index = "1", paramLabel = "NAME", description = "The entry's name, or the file's name and line.")
    private String name;

    @Mixin
    private Reading reading;

    @Option(names = {"-v", "--verbose"}, description = "Say what happens; -vv more.")
    private boolean[] verbose = {};

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Override
    public int run(Surroundings around) throws IOException {
        List<Path> paths = Reading.paths(List.of(file), around.err());
        if (paths.isEmpty()) {
            return CronCommand.USAGE;
        }
        DaemonOptions options = new DaemonOptions(paths, reading.syntax(EntrySettings.DEFAULT), around.zone(), true,
                Optional.empty());
        try (CronRuntime runtime = new CronRuntime(around.launch(), options, Logging.ofOneRun(verbose.length),
                CronRuntime.Extras.NONE)) {
            OptionalInt code = runtime.runOnce(name);
            if (code.isEmpty()) {
                around.err().line("pidone cron run: " + file + " has no entry " + Shown.quote(name) + "; it has "
                        + String.join(", ", runtime.names()));
            }
            return code.orElse(CronCommand.USAGE);
        } catch (CrontabException e) {
            Reading.complain(e, around.err());
            return CronCommand.USAGE;
        }
    }
}
