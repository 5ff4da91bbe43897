package io.pidone.cli.cron;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code pidone cron}: reads its command line, does what it says and answers the exit code. */
public final class CronCommand {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** What stands before the word of a subcommand. */
    @Command(name = "cron", sortOptions = false, customSynopsis = "pidone cron next|check [OPTIONS] ...",
            description = "Crontabs and cron expressions. Running crontabs is not in this version.")
    private static final class Group implements Subcommand {

        @Parameters(paramLabel = "CRONTAB", arity = "0..*", hidden = true)
        private List<String> files = new ArrayList<>();

        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
        private boolean help;

        @Override
        public int run(Surroundings around) throws IOException {
            String problem = files.isEmpty() ? "a command is missing; give"
                    : "running crontabs is not in this version; there are";
            around.err().line("pidone cron: " + problem + " 'pidone cron next' for coming fire times or "
                    + "'pidone cron check' for errors");
            return USAGE;
        }
    }

    private final Surroundings around;

    CronCommand(Surroundings around) {
        this.around = around;
    }

    /** With this process's streams and clock, and ended by signals from now on. */
    public static CronCommand ofThisProcess() {
        Interruption.listen();
        return new CronCommand(new Surroundings(new FileInputStream(FileDescriptor.in),
                new LineOutput(new FileOutputStream(FileDescriptor.out)),
                new LineOutput(new FileOutputStream(FileDescriptor.err)),
                InstantSource.system(), ZoneId.systemDefault()));
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
        CommandLine line = new CommandLine(new Group())
                .addSubcommand(new NextCommand())
                .addSubcommand(new CheckCommand());
        // An expression may begin with @.
        line.setExpandAtFiles(false);
        try {
            ParseResult last = line.parseArgs(words.toArray(String[]::new));
            while (last.hasSubcommand()) {
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
