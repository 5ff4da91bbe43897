package io.pidone.cli.applet;

import io.pidone.cli.init.Launch;
import io.pidone.init.ForwardTo;
import io.pidone.init.InitOptionsBuilder;
import io.pidone.process.Errno;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** tini 0.19 by its contract: options, environment, exit codes, and which message goes to which stream. */
public final class TiniCommand {

    private static final String VERSION = "tini version 0.19.0";
    private static final int FAILED = 1;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private final Launch launch;
    private final String program;
    private final Console console;
    private final InitOptionsBuilder options = new InitOptionsBuilder().forward(ForwardTo.CHILD).linger(Duration.ZERO);
    private Optional<Signal> parentDeathSignal = Optional.empty();
    private boolean subreaper;
    private int verbosity = 1;

    /** The applet under the name it was called by. */
    public TiniCommand(Launch launch, String program) {
        this.launch = launch;
        this.program = program;
        console = new Console(launch.stdout(), launch.stderr());
    }

    /** Runs it and returns the exit code. */
    public int run(List<String> words) {
        if (words.equals(List.of("--version"))) {
            console.out(VERSION);
            return 0;
        }
        List<GetOpt.Found> found = new ArrayList<>();
        List<String> command;
        try {
            boolean permute = System.getenv("POSIXLY_CORRECT") == null;
            command = new GetOpt(launch.program(program), "hvwgls", "pe", Map.of(), permute).parse(words, found);
        } catch (GetOpt.Malformed e) {
            console.err(e.getMessage());
            console.err(usage());
            return FAILED;
        }
        for (GetOpt.Found option : found) {
            Optional<Integer> end = apply(option);
            if (end.isPresent()) {
                return end.get();
            }
        }
        if (command.isEmpty()) {
            console.err(usage());
            return FAILED;
        }
        applyEnvironment();
        return supervise(command);
    }

    /** Returns the exit code of an option that ends the program. */
    private Optional<Integer> apply(GetOpt.Found option) {
        switch (option.letter()) {
            case 'h' -> {
                console.out(usage());
                return Optional.of(0);
            }
            case 'l' -> {
                console.out("This is pidone, under the Apache License 2.0; its text is in the file LICENSE.");
                return Optional.of(0);
            }
            case 's' -> subreaper = true;
            case 'v' -> verbosity++;
            case 'w' -> options.warnOnReap(true);
            case 'g' -> options.forward(ForwardTo.GROUP);
            case 'p' -> parentDeathSignal = option.argument().startsWith("SIG")
                    ? Signal.parse(option.argument()) : Optional.empty();
            default -> {
                return expectStatus(option.argument());
            }
        }
        boolean unknownSignal = option.letter() == 'p' && parentDeathSignal.isEmpty();
        return unknownSignal ? fatal("Not a valid option for -p: " + option.argument()) : Optional.empty();
    }

    private Optional<Integer> expectStatus(String text) {
        int code = text.isEmpty() ? 0 : text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (code < 0 || code > 255) {
            return fatal("Not a valid option for -e: " + text);
        }
        options.expectStatus(code);
        return Optional.empty();
    }

    private Optional<Integer> fatal(String message) {
        console.err("[FATAL " + TiniLog.tag(launch.system().self()) + message);
        return Optional.of(FAILED);
    }

    private void applyEnvironment() {
        subreaper |= System.getenv("TINI_SUBREAPER") != null;
        if (System.getenv("TINI_KILL_PROCESS_GROUP") != null) {
            options.forward(ForwardTo.GROUP);
        }
        String level = System.getenv("TINI_VERBOSITY");
        if (level != null) {
            // As atoi(3): what follows the digits does not count, and no digits are 0.
            Matcher digits = Pattern.compile("\\s*([+-]?\\d{1,9}).*").matcher(level);
            int number = digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
            // tini's level has no sign: a negative number is a very large one.
            verbosity = number < 0 ? Integer.MAX_VALUE : number;
        }
    }

    private int supervise(List<String> command) {
        TiniLog log = new TiniLog(console, TiniLog.tag(launch.system().self()), verbosity);
        parentDeathSignal.ifPresent(launch.system()::signalOnParentDeath);
        if (subreaper) {
            launch.system().adoptOrphans(true);
            log.trace("Registered as child subreaper");
        } else if (!launch.isPidOne()) {
            log.warn("Tini is not running as PID 1 and isn't registered as a child subreaper.\n"
                    + "Zombie processes will not be re-parented to Tini, so zombie reaping won't work.\n"
                    + "To fix the problem, use the -s option or set the environment variable TINI_SUBREAPER to "
                    + "register Tini as a child subreaper, or run Tini as PID 1.");
        }
        try {
            int code = launch.supervise(options.build(command), log);
            log.trace("Exiting: child has exited");
            return code;
        } catch (SpawnException e) {
            log.fatal("exec " + command.get(0) + " failed: " + Errno.text(e.errno()));
            return switch (e.errno()) {
                case Errno.ENOENT -> NOT_FOUND;
                case Errno.EACCES -> NOT_EXECUTABLE;
                default -> FAILED;
            };
        }
    }

    private String usage() {
        return program + " (" + VERSION + ")\n" + "Usage: " + program + """
                 [OPTIONS] PROGRAM -- [ARGS] | --version

                Runs a program under an init: this is pidone, called as tini.

                Command line options:

                  --version: Show version and exit.
                  -h: Show this help message and exit.
                  -s: Register as a process subreaper.
                  -p SIGNAL: Get SIGNAL when the parent dies, e.g. "-p SIGKILL".
                  -v: Generate more verbose output. Repeat up to 3 times.
                  -w: Print a warning when processes are getting reaped.
                  -g: Send signals to the child's process group.
                  -e EXIT_CODE: Remap EXIT_CODE (from 0 to 255) to 0.
                  -l: Show license and exit.

                Environment variables:

                  TINI_SUBREAPER: Register as a process subreaper.
                  TINI_VERBOSITY: Set the verbosity level (default: 1).
                  TINI_KILL_PROCESS_GROUP: Send signals to the child's process group.
                """;
    }
}
