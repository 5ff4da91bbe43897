package io.pidone.cli.init;

import io.pidone.event.Event;
import io.pidone.init.InitOptions;
import io.pidone.process.ErrnoException;
import io.pidone.process.NativeText;
import io.pidone.process.SpawnException;
import io.pidone.process.linux.LinuxOutput;
import java.time.InstantSource;
import java.util.List;

/** {@code pidone [OPTIONS] [--] COMMAND [ARG...]}: runs a command as an init does. */
public final class InitCommand {

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** A failure of our own before the command was started. */
    public static final int FAILED = 1;

    private final Launch launch;

    public InitCommand(Launch launch) {
        this.launch = launch;
    }

    /** Runs it and returns the exit code. */
    public int run(List<String> words) {
        InitArguments arguments;
        try {
            arguments = new InitArguments(new UserDatabase(launch::read)).parse(words, System.getenv());
        } catch (UsageException e) {
            say(launch.stderr(), "pidone: " + e.getMessage() + "\n");
            return USAGE;
        }
        if (arguments.help()) {
            say(launch.stdout(), help());
            return 0;
        }
        if (arguments.version()) {
            say(launch.stdout(), "pidone " + Launch.version() + "\n");
            return 0;
        }
        LinuxOutput stderr = launch.stderr();
        try {
            return supervise(arguments, stderr);
        } catch (SpawnException e) {
            boolean ours = e.transientShortage() || !e.program().equals(arguments.command().get(0));
            say(stderr, "pidone: " + (ours ? arguments.where(e) : "") + e.getMessage() + "\n");
            return ours ? FAILED : e.shellCode();
        } catch (ErrnoException e) {
            say(stderr, "pidone: " + e.getMessage() + "\n");
            return FAILED;
        }
    }

    private int supervise(InitArguments arguments, LinuxOutput stderr) throws SpawnException {
        MessageLog log = new MessageLog(stderr, arguments.verbosity(), arguments.json(), InstantSource.system());
        if (arguments.subreaper()) {
            launch.system().adoptOrphans(true);
        }
        arguments.parentDeathSignal().ifPresent(launch.system()::signalOnParentDeath);
        if (!launch.procMounted()) {
            log.accept(new Event.Degraded("/proc is not mounted: descendants in groups of their own are not found, and "
                    + "inherited descriptors above 2 do not reach the command; mount it to get both"));
        }
        if (!launch.isPidOne() && !arguments.subreaper() && log.wants(Event.Severity.INFO)) {
            log.accept(new Event.Degraded("not PID 1 and not a subreaper: orphans go to somebody else; "
                    + "add --subreaper to adopt and reap them"));
        }
        InitOptions options = arguments.options().build(arguments.command());
        if (log.wants(Event.Severity.INFO)) {
            log.accept(new Event.Started(Launch.version(), launch.system().self().value(), options.settings()));
        }
        return launch.supervise(options, log);
    }

    private static void say(LinuxOutput output, String text) {
        byte[] bytes = NativeText.encode(text);
        output.write(bytes, bytes.length);
    }

    private static String help() {
        StringBuilder text = new StringBuilder("""
                Usage: pidone [OPTIONS] [--] COMMAND [ARG...]

                Runs COMMAND as a container's PID 1: forwards every signal to it, reaps every orphan,
                ends with its exit code.

                Options, each also as an environment variable (--grace-period: PIDONE_GRACE_PERIOD):
                """);
        for (Option option : Option.values()) {
            text.append(option.usage()).append('\n');
        }
        return text.append("""

                Durations: 500ms, 10s, 1m30s. Signals: TERM, SIGTERM, RTMIN+3, 15.

                Exit codes:
                  the command's own; 128+n if signal n ended it
                  0     its code is one of --expect-status
                  124   it was ended by --max-runtime
                  126   it cannot be executed
                  127   it was not found
                  2     wrong options
                  1     a failure of pidone's own before the command was started

                Applets: pidone tini|dumb-init|supercronic ..., or the name tini, docker-init, dumb-init, supercronic.
                Crontabs: pidone cron --help.
                """).toString();
    }
}
