package io.pidone.cli.supercronic;

import io.pidone.cli.init.Launch;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Overlap;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** supercronic 0.2 by its contract: flags, environment, exit codes, messages and where they go. */
public final class SupercronicCommand {

    private static final String NAME = "supercronic";
    private static final String VERSION = "v0.2.48";
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int STDERR = 2;

    private final Launch launch;
    private final Streams streams;

    public SupercronicCommand(Launch launch) {
        this.launch = launch;
        streams = new Streams(launch.stdout(), launch.stderr());
    }

    /** Runs it and returns the exit code. */
    public int run(List<String> words) {
        String program = launch.program(NAME);
        SupercronicArguments arguments;
        try {
            arguments = SupercronicArguments.parse(words, System.getenv());
        } catch (GoFlags.Malformed e) {
            streams.err(e.getMessage() + "\n" + SupercronicArguments.help(program));
            return USAGE;
        }
        if (arguments.flags().help()) {
            streams.err(SupercronicArguments.help(program));
            return DONE;
        }
        if (arguments.is("version")) {
            streams.out(VERSION + "\n");
            return DONE;
        }
        if (arguments.words().size() != 1) {
            streams.err(SupercronicArguments.usage(program));
            return USAGE;
        }
        return report(arguments);
    }

    /** Opens where errors are reported to, and closes it in the end. */
    private int report(SupercronicArguments arguments) {
        Logrus log = logrus(arguments, ErrorReports.NONE);
        tellOfReaping(arguments, log);
        if (!watchable(arguments, log)) {
            return FAILED;
        }
        try (ErrorReports reports = arguments.sentry().isPresent()
                ? SentryLoader.open(arguments.sentry().get()) : ErrorReports.NONE) {
            return schedule(arguments, logrus(arguments, reports));
        } catch (SentryLoader.Unusable e) {
            log.log(Level.FATAL, "Could not init sentry logger: " + e.getMessage());
            return FAILED;
        }
    }

    /** Colours only where everything goes to one terminal, as logrus decides. */
    private Logrus logrus(SupercronicArguments arguments, ErrorReports reports) {
        boolean split = arguments.is("split-logs");
        LogFormat format = arguments.is("json") ? new JsonFormat()
                : !split && launch.terminal().isTerminal(STDERR) ? new TerminalFormat() : new TextFormat();
        Level threshold = arguments.is("quiet") ? Level.WARNING : arguments.is("debug") ? Level.DEBUG : Level.INFO;
        return new Logrus(new Logrus.Style(format, threshold, split), streams, InstantSource.system(),
                ZoneId.systemDefault(), reports);
    }

    private void tellOfReaping(SupercronicArguments arguments, Logrus log) {
        if (reaps(arguments)) {
            log.log(Level.INFO, "reaping dead processes");
        } else if (!arguments.is("no-reap")) {
            log.log(Level.WARNING, "process reaping disabled, not pid 1");
        }
    }

    private boolean reaps(SupercronicArguments arguments) {
        return launch.isPidOne() && !arguments.is("no-reap");
    }

    /** Whether the crontab can be watched, if it is to be. */
    private boolean watchable(SupercronicArguments arguments, Logrus log) {
        if (!arguments.is("inotify")) {
            return true;
        }
        String name = arguments.words().get(0);
        log.log(Level.INFO, "using inotify to detect crontab file changes");
        log.log(Level.INFO, "adding file watch for '" + name + "'");
        boolean there = path(name).filter(Files::exists).isPresent();
        if (!there) {
            log.log(Level.FATAL, "no such file or directory");
        }
        return there;
    }

    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private int schedule(SupercronicArguments arguments, Logrus log) {
        Optional<ListenAddress> address = arguments.listenAddress().flatMap(ListenAddress::parse);
        if (arguments.listenAddress().isPresent() && address.isEmpty()) {
            log.log(Level.FATAL, "prometheus http startup failed: invalid address "
                    + arguments.listenAddress().get() + ", give ip[:port]");
            return FAILED;
        }
        String name = arguments.words().get(0);
        SupercronicLog told = new SupercronicLog(log, InstantSource.system(), ZoneId.systemDefault(),
                reaps(arguments));
        told.readCrontab(name);
        Optional<Path> path = path(name);
        if (path.isEmpty()) {
            log.log(Level.FATAL, "open " + name + ": the locale has no such name; set LC_ALL=C.UTF-8");
            return FAILED;
        }
        CrontabFile file = new CrontabFile(name, path.get(), log);
        file.trace();
        if (file.isDirectory()) {
            log.log(Level.FATAL, "read " + name + ": is a directory");
            return FAILED;
        }
        try {
            if (arguments.is("test")) {
                told.tellVariables(file.read(syntax(arguments)));
                log.log(Level.INFO, "crontab is valid");
                return DONE;
            }
            SupercronicRuntime runtime = new SupercronicRuntime(launch, told, options(arguments, path.get()));
            runtime.run();
            return DONE;
        } catch (CrontabException e) {
            file.tell(e);
            return FAILED;
        }
    }

    private static CrontabSyntax syntax(SupercronicArguments arguments) {
        Overlap overlap = arguments.is("overlapping") ? Overlap.ALLOW : Overlap.SKIP;
        return CrontabSyntax.of(Dialect.SUPERCRONIC).withDefaults(EntrySettings.DEFAULT.withOverlap(overlap));
    }

    /** Jobs are neither signalled in the end, nor is there a limit to their time. */
    private static DaemonOptions options(SupercronicArguments arguments, Path path) {
        return new DaemonOptions(List.of(path), syntax(arguments), ZoneId.systemDefault(), false, Optional.empty());
    }
}
