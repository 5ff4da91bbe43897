package io.pidone.cli.supercronic;

import io.pidone.cli.init.Launch;
import io.pidone.cli.listen.ListenAddress;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Overlap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** supercronic 0.2 by its contract: flags, environment, exit codes, messages and where they go. */
public final class SupercronicCommand {

    private static final String NAME = "supercronic";
    private static final String VERSION = "v0.2.48";
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int STDERR = 2;
    private static final String EVERY_INTERFACE = "0.0.0.0";

    /** The one that is registered for it among Prometheus' exporters. */
    private static final int DEFAULT_PORT = 9746;

    private final Launch launch;
    private final Streams streams;

    public SupercronicCommand(Launch launch) {
        this.launch = launch;
        streams = new Streams(launch.pipes());
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
        Logrus log = logrus(arguments, streams, ErrorReports.NONE);
        tellOfReaping(arguments, log);
        if (!watchable(arguments, log)) {
            return FAILED;
        }
        try (ErrorReports reports = arguments.sentry().isPresent()
                ? SentryLoader.open(arguments.sentry().get()) : ErrorReports.NONE) {
            return schedule(arguments, reports);
        } catch (SentryLoader.Unusable e) {
            log.log(Level.FATAL, "Could not init sentry logger: " + e.getMessage());
            return FAILED;
        }
    }

    /** Colours only where everything goes to one terminal, as logrus decides. */
    private Logrus logrus(SupercronicArguments arguments, LineWriter writer, ErrorReports reports) {
        boolean split = arguments.is("split-logs");
        LogFormat format = arguments.is("json") ? new JsonFormat()
                : !split && launch.terminal().isTerminal(STDERR) ? new TerminalFormat() : new TextFormat();
        Level threshold = arguments.is("quiet") ? Level.WARNING : arguments.is("debug") ? Level.DEBUG : Level.INFO;
        return new Logrus(new Logrus.Style(format, threshold, split), writer, InstantSource.system(),
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

    private int schedule(SupercronicArguments arguments, ErrorReports reports) {
        String name = arguments.words().get(0);
        Logrus log = logrus(arguments, streams, reports);
        Optional<Path> path = path(name);
        if (path.isEmpty()) {
            log.log(Level.FATAL, "open " + name + ": the locale has no such name; set LC_ALL=C.UTF-8");
            return FAILED;
        }
        CrontabFile file = new CrontabFile(name, path.get(), log);
        try {
            return arguments.is("test") ? test(arguments, file, log) : daemon(arguments, file, log, reports);
        } catch (IOException e) {
            log.log(Level.FATAL, "prometheus http startup failed: " + e.getMessage());
            return FAILED;
        } catch (CrontabException e) {
            file.tell(e);
            return FAILED;
        }
    }

    private int test(SupercronicArguments arguments, CrontabFile file, Logrus log)
            throws CrontabException, IOException {
        address(arguments);
        if (!file.begin()) {
            return FAILED;
        }
        log(arguments, log).tellVariables(file.read(syntax(arguments)));
        log.log(Level.INFO, "crontab is valid");
        return DONE;
    }

    private int daemon(SupercronicArguments arguments, CrontabFile file, Logrus log, ErrorReports reports)
            throws CrontabException, IOException {
        SupercronicRuntime.Extras extras = new SupercronicRuntime.Extras(arguments.is("passthrough-logs"),
                address(arguments));
        SupercronicLog told = log(arguments, logrus(arguments, new Batch(streams), reports));
        try (SupercronicRuntime runtime = new SupercronicRuntime(launch, options(arguments, file.path()), told,
                extras)) {
            if (!file.begin()) {
                return FAILED;
            }
            runtime.run(arguments.is("inotify"));
            return DONE;
        }
    }

    private SupercronicLog log(SupercronicArguments arguments, Logrus log) {
        return new SupercronicLog(log, InstantSource.system(), ZoneId.systemDefault(), reaps(arguments));
    }

    private static Optional<ListenAddress> address(SupercronicArguments arguments) throws IOException {
        if (arguments.listenAddress().isEmpty()) {
            return Optional.empty();
        }
        String text = arguments.listenAddress().get();
        return Optional.of(ListenAddress.parse(text, EVERY_INTERFACE, OptionalInt.of(DEFAULT_PORT))
                .orElseThrow(() -> new IOException("invalid address " + text + "; give ip[:port]")));
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
