package io.pidone.cli.supercronic;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Flags as Go's package flag reads them: one or two dashes, {@code -x=value} or {@code -x value}, a truth only by
 * {@code =}, up to the first word that is none or {@code --}; with its messages.
 */
final class GoFlags {

    private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
    private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

    /** The flags are wrong; the message is Go's. */
    static final class Malformed extends Exception {

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** A flag: a truth, or a text. */
    private record Flag(boolean isTruth, String usage) {
    }

    /**
     * What a command line holds.
     *
     * @param help whether the usage is asked for; what follows was not read then
     * @param values by the flags' names; the last one counts
     * @param words what follows the flags
     */
    record Parsed(boolean help, Map<String, String> values, List<String> words) {

        boolean is(String name) {
            return TRUE.contains(values.getOrDefault(name, "false"));
        }

        /** A flag with an empty text is as good as none. */
        Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
        }
    }

    private final Map<String, Flag> flags = new TreeMap<>(Comparator.naturalOrder());

    GoFlags truth(String name, String usage) {
        flags.put(name, new Flag(true, usage));
        return this;
    }

    GoFlags text(String name, String usage) {
        flags.put(name, new Flag(false, usage));
        return this;
    }

    Parsed parse(List<String> words) throws Malformed {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        while (at < words.size() && words.get(at).length() > 1 && words.get(at).charAt(0) == '-') {
            String word = words.get(at++);
            if (word.equals("--")) {
                break;
            }
            String body = word.substring(word.charAt(1) == '-' ? 2 : 1);
            if (body.isEmpty() || body.charAt(0) == '-' || body.charAt(0) == '=') {
                throw new Malformed("bad flag syntax: " + word);
            }
            int equals = body.indexOf('=');
            String name = equals < 0 ? body : body.substring(0, equals);
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(body.substring(equals + 1));
            Flag flag = flags.get(name);
            if (flag == null && (name.equals("help") || name.equals("h"))) {
                return new Parsed(true, values, List.of());
            } else if (flag == null) {
                throw new Malformed("flag provided but not defined: -" + name);
            } else if (flag.isTruth) {
                values.put(name, checkedTruth(name, value.orElse("true")));
            } else if (value.isPresent() || at < words.size()) {
                values.put(name, value.isPresent() ? value.get() : words.get(at++));
            } else {
                throw new Malformed("flag needs an argument: -" + name);
            }
        }
        return new Parsed(false, values, List.copyOf(words.subList(at, words.size())));
    }

    private static String checkedTruth(String name, String value) throws Malformed {
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw new Malformed("invalid boolean value " + GoText.quote(value) + " for -" + name + ": parse error");
        }
        return value;
    }

    /** The flags, in the order of their names, each with what it is for. */
    String usage() {
        StringBuilder text = new StringBuilder();
        flags.forEach((name, flag) -> text.append("  -").append(name).append(flag.isTruth ? "" : " string")
                .append("\n    \t").append(flag.usage).append('\n'));
        return text.toString();
    }
}
