package io.pidone.cli.init;

import java.util.Locale;

/** The options of {@code pidone init}, their environment twins, and what the help says of them. */
enum Option {
    FORWARD("child|group|session|tree", "who gets a forwarded signal (default: group)"),
    REWRITE("FROM:TO", "replace a signal; 0 drops it (repeatable)"),
    DELAY("SIG=DURATION", "hold a signal back before forwarding it; a second one goes at once (repeatable)"),
    GRACE_PERIOD("DURATION", "after the first TERM, INT or QUIT: kill what still lives (default: 0, never)"),
    LINGER("DURATION", "after the command's end: TERM for the rest of the tree, then KILL (default: 5s)"),
    EXPECT_STATUS("CODE[,CODE]", "exit codes that become 0 (143 for Java)"),
    ORPHANS("adopt|terminate", "what to do with a living process that loses its parent (default: adopt)"),
    MAX_RUNTIME("DURATION", "end the command after it; exit code 124"),
    USER("NAME[:GROUP]", "run the command as"),
    CHDIR("DIR", "run the command in"),
    SUBREAPER("", "adopt orphans though not PID 1"),
    PDEATHSIG("SIG", "get this signal when the parent ends"),
    WARN_ON_REAP("", "warn of every orphan that is reaped"),
    VERBOSE("", "say more; -vv and -vvv still more"),
    QUIET("", "say nothing but errors"),
    JSON("", "messages as JSON, one object a line"),
    VERSION("", "print the version"),
    HELP("", "print this help");

    private final String argument;
    private final String help;

    Option(String argument, String help) {
        this.argument = argument;
        this.help = help;
    }

    boolean takesArgument() {
        return !argument.isEmpty();
    }

    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
        return "PIDONE_" + name();
    }

    /** One line of the help. */
    String usage() {
        String letter = switch (this) {
            case VERBOSE -> "-v, ";
            case QUIET -> "-q, ";
            case VERSION -> "-V, ";
            case HELP -> "-h, ";
            default -> "    ";
        };
        String left = letter + flag() + (takesArgument() ? " " + argument : "");
        return String.format("  %-42s %s", left, help);
    }
}
