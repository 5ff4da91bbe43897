package io.pidone.cli.supercronic;

import io.pidone.cli.supercronic.GoFlags.Malformed;
import io.pidone.cli.supercronic.GoFlags.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * supercronic's command line.
 *
 * @param flags the switches that are on, by their names
 * @param listenAddress where metrics are to be had, as it was written
 * @param sentry where errors are reported to, if anywhere
 * @param words what follows the flags: the crontab
 */
record SupercronicArguments(Parsed flags, Optional<String> listenAddress, Optional<Sentry> sentry, List<String> words) {

    /** Where errors are reported to, and what they are said to come from. */
    record Sentry(String dsn, Optional<String> environment, Optional<String> release) {
    }

    private static final GoFlags FLAGS = new GoFlags()
            .truth("debug", "enable debug logging")
            .truth("inotify", "use inotify to detect crontab file changes")
            .truth("json", "enable JSON logging")
            .truth("no-reap", "disable reaping of dead processes, note: reaping requires pid 1")
            .truth("overlapping", "enable tasks overlapping")
            .truth("passthrough-logs", "passthrough logs from commands, do not wrap them in Supercronic logging")
            .text("prometheus-listen-address", "give a valid ip[:port] address to expose Prometheus metrics at "
                    + "/metrics (port defaults to 9746), use 0.0.0.0 for all network interfaces.")
            .truth("quiet", "do not log informational messages (takes precedence over debug)")
            .text("sentry-dsn", "enable Sentry error logging, using provided DSN")
            .text("sentry-environment", "specify the application's environment for Sentry error reporting")
            .text("sentry-release", "specify the application's release version for Sentry error reporting")
            .text("sentryDsn", "alias for sentry-dsn")
            .truth("split-logs", "split log output into stdout/stderr")
            .truth("test", "test crontab (does not run jobs)")
            .truth("version", "print version and exit");

    static SupercronicArguments parse(List<String> words, Map<String, String> environment) throws Malformed {
        Parsed parsed = FLAGS.parse(words);
        Optional<Sentry> sentry = parsed.text("sentry-dsn").or(() -> parsed.text("sentryDsn"))
                .or(() -> variable(environment, "SENTRY_DSN"))
                .map(dsn -> new Sentry(dsn,
                        parsed.text("sentry-environment").or(() -> variable(environment, "SENTRY_ENVIRONMENT")),
                        parsed.text("sentry-release").or(() -> variable(environment, "SENTRY_RELEASE"))));
        return new SupercronicArguments(parsed, parsed.text("prometheus-listen-address"), sentry, parsed.words());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether a switch is on. */
    boolean is(String name) {
        return flags.is(name);
    }

    /** What Go prints beside an error of the flags, and where they ask for help. */
    static String help(String program) {
        return "Usage of " + program + ":\n" + FLAGS.usage();
    }

    /** What supercronic prints when there is not exactly one crontab. */
    static String usage(String program) {
        return "Usage: " + program + " [OPTIONS] CRONTAB\n\nAvailable options:\n" + FLAGS.usage();
    }
}
