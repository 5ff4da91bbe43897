package io.pidone.cli.cron;

import io.pidone.cli.init.Launch;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code pidone cron}: reads its command line, does what it says and answers the exit code. */
public final class CronCommand {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private final Surroundings around;

    CronCommand(Surroundings around) {
        this.around = around;
    }

    /** With this process's streams, clock and signals. */
    public static CronCommand of(Launch launch) {
        return new CronCommand(new Surroundings(new FileInputStream(FileDescriptor.in),
                new LineOutput(new FileOutputStream(FileDescriptor.out)),
                new LineOutput(new FileOutputStream(FileDescriptor.err)),
                InstantSource.system(), ZoneId.systemDefault(), Optional.of(launch)));
    }

    /** Runs it and returns the exit code. */
    public int run(List<String> words) {
        try {
            int code = parseAndRun(words);
            around.out().flush();
            around.err().flush();
            return code;
        } catch (IOException e) {
            return complain("cannot go on: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            return complain("this does not fit into " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB of memory; give fewer or smaller crontabs");
        }
    }

    private int complain(String message) {
        try {
            around.err().line("pidone cron: " + message);
            around.err().flush();
        } catch (IOException e) {
            // There is nowhere left to say it.
            return FAILED;
        }
        return FAILED;
    }

    private int parseAndRun(List<String> words) throws IOException {
        CommandLine line = new CommandLine(new DaemonCommand())
                .addSubcommand(new NextCommand())
                .addSubcommand(new CheckCommand())
                .addSubcommand(new RunCommand());
        line.getCommandSpec().defaultValueProvider(new Twins(around.environment()));
        // An expression may begin with @.
        line.setExpandAtFiles(false);
        try {
            ParseResult last = line.parseArgs(words.toArray(String[]::new));
            while (last.hasSubcommand()) {
                if (!last.matchedOptions().isEmpty()) {
                    String option = last.matchedOptions().get(0).longestName();
                    throw new ParameterException(last.commandSpec().commandLine(), "'" + option
                            + "' stands before a command; write it after it");
                }
                last = last.subcommand();
            }
            CommandLine chosen = last.commandSpec().commandLine();
            if (last.isUsageHelpRequested()) {
                around.out().line(chosen.getUsageMessage(Ansi.OFF).stripTrailing());
                return DONE;
            }
            return ((Subcommand) chosen.getCommand()).run(around);
        } catch (ParameterException e) {
            around.err().line("pidone " + e.getCommandLine().getCommandSpec().qualifiedName() + ": " + message(e));
            return USAGE;
        }
    }

    private static String message(ParameterException e) {
        CommandLine line = e.getCommandLine();
        String message = e.getMessage().replaceAll("\\p{Cntrl}", "?");
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            return message + "; the options are " + line.getCommandSpec().options().stream()
                    .map(o -> String.join(", ", o.names())).collect(Collectors.joining(", "));
        }
        String more = message.contains("; ") ? "" : "; see 'pidone " + line.getCommandSpec().qualifiedName()
                + " --help'";
        return message + more;
    }
}
