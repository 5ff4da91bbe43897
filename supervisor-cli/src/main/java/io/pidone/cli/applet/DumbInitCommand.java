package io.pidone.cli.applet;

import io.pidone.cli.init.Launch;
import io.pidone.init.ForwardTo;
import io.pidone.init.InitOptionsBuilder;
import io.pidone.process.Errno;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dumb-init 1.2 by its contract: options, environment, exit codes; everything it says goes to stderr. */
public final class DumbInitCommand {

    private static final String VERSION = "dumb-init v1.2.5";
    private static final int FAILED = 1;
    private static final int NOT_EXECUTED = 2;
    private static final int MAX_SIGNAL = 31;

    private static final Map<String, Character> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("help", 'h');
        NAMES.put("single-child", 'c');
        NAMES.put("rewrite", 'r');
        NAMES.put("verbose", 'v');
        NAMES.put("version", 'V');
    }

    private final Launch launch;
    private final Console console;
    private final InitOptionsBuilder options = new InitOptionsBuilder()
            .linger(Duration.ZERO).lastSignal(Signal.TERM).suspendWithCommand(true);
    private boolean session = true;
    private boolean verbose;

    public DumbInitCommand(Launch launch) {
        this.launch = launch;
        console = new Console(launch.stdout(), launch.stderr());
    }

    /** Runs it and returns the exit code. */
    public int run(List<String> words) {
        List<GetOpt.Found> found = new ArrayList<>();
        List<String> command;
        try {
            command = new GetOpt(launch.program("dumb-init"), "hcvV", "r", NAMES, false).parse(words, found);
        } catch (GetOpt.Malformed e) {
            console.err(e.getMessage());
            return FAILED;
        }
        for (GetOpt.Found option : found) {
            Optional<Integer> end = apply(option);
            if (end.isPresent()) {
                return end.get();
            }
        }
        if (command.isEmpty()) {
            console.err("Usage: dumb-init [option] program [args]\nTry dumb-init --help for full usage.");
            return FAILED;
        }
        return supervise(command);
    }

    /** Returns the exit code of an option that ends the program. */
    private Optional<Integer> apply(GetOpt.Found option) {
        switch (option.letter()) {
            case 'h' -> {
                console.err(usage());
                return Optional.of(0);
            }
            case 'V' -> {
                console.err(VERSION);
                return Optional.of(0);
            }
            case 'c' -> session = false;
            case 'v' -> verbose = true;
            default -> {
                if (!rewrite(option.argument())) {
                    console.err("Usage: -r option takes <signum>:<signum>, where <signum> is between 1 and 31.\n"
                            + "This option can be specified multiple times.\nUse --help for full usage.");
                    return Optional.of(FAILED);
                }
            }
        }
        return Optional.empty();
    }

    private boolean rewrite(String text) {
        // As "%d:%d" of scanf(3), which does not look at what follows.
        Matcher numbers = Pattern.compile("\\s*(\\d{1,9}):\\s*(\\d{1,9}).*").matcher(text);
        if (!numbers.matches()) {
            return false;
        }
        int from = Integer.parseInt(numbers.group(1));
        int to = Integer.parseInt(numbers.group(2));
        if (from < 1 || from > MAX_SIGNAL || to > MAX_SIGNAL) {
            return false;
        }
        options.rewrite(Signal.of(from), to == 0 ? Optional.empty() : Optional.of(Signal.of(to)));
        return true;
    }

    private int supervise(List<String> command) {
        DumbInitLog log = new DumbInitLog(console, applyEnvironment());
        if (session) {
            options.placement(Placement.OWN_SESSION).forward(ForwardTo.GROUP)
                    .rewriteByDefault(Signal.TSTP, Signal.STOP)
                    .rewriteByDefault(Signal.TTIN, Signal.STOP)
                    .rewriteByDefault(Signal.TTOU, Signal.STOP);
        } else {
            options.placement(Placement.PARENTS_GROUP).forward(ForwardTo.CHILD);
        }
        try {
            int code = launch.supervise(options.build(command), log);
            log.ending(code);
            return code;
        } catch (SpawnException e) {
            console.err("[dumb-init] " + command.get(0) + ": " + Errno.text(e.errno()));
            return NOT_EXECUTED;
        }
    }

    /** Returns whether messages are wanted. */
    private boolean applyEnvironment() {
        boolean wanted = "1".equals(System.getenv("DUMB_INIT_DEBUG"));
        boolean debug = verbose || wanted;
        if (wanted) {
            console.err("[dumb-init] Running in debug mode.");
        }
        if ("0".equals(System.getenv("DUMB_INIT_SETSID"))) {
            session = false;
            if (debug) {
                console.err("[dumb-init] Not running in setsid mode.");
            }
        }
        return debug;
    }

    private static String usage() {
        return VERSION + """

                Usage: dumb-init [option] command [[arg] ...]

                Runs a command under an init that forwards signals: this is pidone, called as dumb-init.

                Optional arguments:
                   -c, --single-child   Signals go to the direct child only.
                   -r, --rewrite s:r    Forward signal s as signal r; 0 drops it. May be repeated.
                   -v, --verbose        Print debugging information to stderr.
                   -h, --help           Print this help message and exit.
                   -V, --version        Print the current version and exit.
                """;
    }
}
