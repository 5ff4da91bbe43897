package io.pidone.cli.init;

import io.pidone.init.ForwardTo;
import io.pidone.init.InitOptionsBuilder;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The command line of {@code pidone init}: options up to the first word that is none, after the environment's. */
final class InitArguments {

    private final UserDatabase users;
    private final InitOptionsBuilder options = new InitOptionsBuilder();
    private List<String> command = List.of();
    private Optional<Signal> parentDeathSignal = Optional.empty();
    private String user = "";
    private String directory = "";
    private boolean subreaper;
    private boolean help;
    private boolean version;
    private boolean json;
    private int verbosity;

    InitArguments(UserDatabase users) {
        this.users = users;
    }

    InitArguments parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        for (Option option : Option.values()) {
            String value = environment.get(option.variable());
            if (value != null && option != Option.HELP && option != Option.VERSION) {
                applyVariable(option, value);
            }
        }
        int at = 0;
        while (at < arguments.size() && isOption(arguments.get(at))) {
            String word = arguments.get(at++);
            if (word.equals("--")) {
                break;
            }
            at += word.startsWith("--") ? applyLong(word, arguments.subList(at, arguments.size())) : applyShort(word);
        }
        command = arguments.subList(at, arguments.size());
        if (command.isEmpty() && !help && !version) {
            throw new UsageException("no command given; write it after the options: pidone -- COMMAND [ARG...]; "
                    + "see pidone --help");
        }
        return this;
    }

    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    private void applyVariable(Option option, String value) throws UsageException {
        if (option == Option.VERBOSE) {
            verbosity = Math.max(0, (int) number(option.variable(), value, 9));
        } else if (!option.takesArgument()) {
            switch (value.toLowerCase(Locale.ROOT)) {
                case "1", "true", "yes", "on" -> apply(option, option.variable(), "");
                case "", "0", "false", "no", "off" -> { }
                default -> throw new UsageException(option.variable() + ": '" + value + "' is not a switch; "
                        + "write 1 or 0");
            }
        } else if (option == Option.REWRITE || option == Option.DELAY) {
            for (String one : value.split("[,\\s]+")) {
                apply(option, option.variable(), one);
            }
        } else {
            apply(option, option.variable(), value);
        }
    }

    /** Returns how many of the following words it took. */
    private int applyLong(String word, List<String> following) throws UsageException {
        int equals = word.indexOf('=');
        String flag = equals < 0 ? word : word.substring(0, equals);
        for (Option option : Option.values()) {
            if (!option.flag().equals(flag)) {
                continue;
            }
            if (!option.takesArgument()) {
                if (equals >= 0) {
                    throw new UsageException(flag + " takes no value; write it alone");
                }
                apply(option, flag, "");
                return 0;
            }
            if (equals >= 0) {
                apply(option, flag, word.substring(equals + 1));
                return 0;
            }
            if (following.isEmpty()) {
                throw new UsageException(flag + " needs a value: " + option.usage().strip());
            }
            apply(option, flag, following.get(0));
            return 1;
        }
        throw new UsageException("unknown option " + flag + "; see pidone --help, and write -- before a command that "
                + "begins with a dash");
    }

    private int applyShort(String word) throws UsageException {
        for (char letter : word.substring(1).toCharArray()) {
            switch (letter) {
                case 'v' -> verbosity++;
                case 'q' -> verbosity = -1;
                case 'h' -> help = true;
                case 'V' -> version = true;
                default -> throw new UsageException("unknown option -" + letter + "; see pidone --help");
            }
        }
        return 0;
    }

    private void apply(Option option, String where, String value) throws UsageException {
        switch (option) {
            case FORWARD -> options.forward(forward(where, value));
            case REWRITE -> rewrite(where, value);
            case DELAY -> delay(where, value);
            case GRACE_PERIOD -> options.gracePeriod(Durations.parse(where, value));
            case LINGER -> options.linger(Durations.parse(where, value));
            case EXPECT_STATUS -> {
                for (String code : value.split(",", -1)) {
                    options.expectStatus((int) number(where, code, 255));
                }
            }
            case ORPHANS -> options.terminateOrphans(orphans(where, value));
            case MAX_RUNTIME -> {
                Duration limit = Durations.parse(where, value);
                if (!limit.isZero()) {
                    options.maxRuntime(limit);
                }
            }
            case USER -> {
                options.credentials(users.find(where, value));
                user = where + " " + value + ": ";
            }
            case CHDIR -> {
                options.directory(value);
                directory = value;
            }
            case SUBREAPER -> subreaper = true;
            case PDEATHSIG -> parentDeathSignal = Optional.of(signal(where, value));
            case WARN_ON_REAP -> options.warnOnReap(true);
            case VERBOSE -> verbosity++;
            case QUIET -> verbosity = -1;
            case JSON -> json = true;
            case VERSION -> version = true;
            case HELP -> help = true;
        }
    }

    private static ForwardTo forward(String where, String value) throws UsageException {
        for (ForwardTo mode : ForwardTo.values()) {
            if (mode.toString().equals(value)) {
                return mode;
            }
        }
        throw new UsageException(where + ": '" + value + "' is not one of child, group, session, tree");
    }

    private static boolean orphans(String where, String value) throws UsageException {
        if (!value.equals("adopt") && !value.equals("terminate")) {
            throw new UsageException(where + ": '" + value + "' is not one of adopt, terminate");
        }
        return value.equals("terminate");
    }

    private void rewrite(String where, String value) throws UsageException {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new UsageException(where + ": '" + value + "' has no colon; write FROM:TO, such as TERM:QUIT");
        }
        String to = value.substring(colon + 1);
        Signal from = signal(where, value, value.substring(0, colon));
        options.rewrite(from, to.equals("0") ? Optional.empty() : Optional.of(signal(where, value, to)));
    }

    private void delay(String where, String value) throws UsageException {
        int equals = value.indexOf('=');
        if (equals < 0) {
            throw new UsageException(where + ": '" + value + "' has no '='; write SIG=DURATION, such as TERM=10s");
        }
        options.delay(signal(where, value, value.substring(0, equals)),
                Durations.parse(where, value.substring(equals + 1)));
    }

    private static Signal signal(String where, String text) throws UsageException {
        return signal(where, text, text);
    }

    private static Signal signal(String where, String value, String text) throws UsageException {
        String place = text.equals(value) ? "" : " in '" + value + "'";
        return Signal.parse(text).orElseThrow(() -> new UsageException(where + ": no signal '" + text + "'" + place
                + "; write a name such as TERM or RTMIN+3, or a number from 1 to 64"));
    }

    private static long number(String where, String text, int max) throws UsageException {
        boolean digits = !text.isEmpty() && text.length() < 9 && text.chars().allMatch(Character::isDigit);
        if (!digits || Integer.parseInt(text) > max) {
            throw new UsageException(where + ": '" + text + "' is not a number from 0 to " + max);
        }
        return Integer.parseInt(text);
    }

    /** Which option a failed start comes from, as the beginning of a message; empty if from none. */
    String where(SpawnException failure) {
        return failure.program().equals(directory) ? "--chdir " : failure.transientShortage() ? "" : user;
    }

    InitOptionsBuilder options() {
        return options;
    }

    List<String> command() {
        return command;
    }

    Optional<Signal> parentDeathSignal() {
        return parentDeathSignal;
    }

    boolean subreaper() {
        return subreaper;
    }

    boolean help() {
        return help;
    }

    boolean version() {
        return version;
    }

    boolean json() {
        return json;
    }

    /** -1 quiet, 0 warnings, 1 what happens, 2 each signal and orphan, 3 everything. */
    int verbosity() {
        return verbosity;
    }
}
