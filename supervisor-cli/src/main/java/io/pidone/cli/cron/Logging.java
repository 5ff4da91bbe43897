package io.pidone.cli.cron;

import io.pidone.event.Event;
import picocli.CommandLine.Option;

/** The options that say what is told, and how. */
final class Logging {

    @Option(names = "--json", description = "Messages and output as JSON, one object a line.")
    private boolean json;

    @Option(names = "--passthrough", description = {
            "Commands write to stdout and stderr themselves, without the entry's name."})
    private boolean passthrough;

    @Option(names = {"-v", "--verbose"}, description = "Say more; -vv still more.")
    private boolean[] verbose = {};

    @Option(names = {"-q", "--quiet"}, description = "Say only warnings, errors and what commands write.")
    private boolean quiet;

    /** Of one run in the foreground: its own output as it is, and nothing else unless asked for. */
    static Logging ofOneRun(int verbosity) {
        Logging logging = new Logging();
        logging.passthrough = true;
        logging.quiet = verbosity == 0;
        logging.verbose = new boolean[Math.max(0, verbosity - 1)];
        return logging;
    }

    boolean json() {
        return json;
    }

    boolean passthrough() {
        return passthrough;
    }

    Event.Severity threshold() {
        return Event.Severity.toldAt(verbose.length > 0 ? 1 + verbose.length : quiet ? 0 : 1);
    }
}
