package io.pidone.cli.applet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Options as getopt_long(3) of the C library reads them up to the first word that is none, with its messages.
 *
 * <p>For one pass over one command line.
 */
final class GetOpt {

    /** The option is wrong; the message is the C library's. */
    static final class Malformed extends Exception {

        Malformed(String message) {
            super(message);
        }
    }

    /** One option: its letter, and its argument or an empty text. */
    record Found(char letter, String argument) {
    }

    private final String program;
    private final String withArgument;
    private final String letters;
    private final Map<String, Character> names;
    private final boolean permute;

    /**
     * Letters that take no argument, letters that do, and long names for some of them.
     *
     * @param permute whether options are looked for behind other words too, up to {@code --}
     */
    GetOpt(String program, String letters, String withArgument, Map<String, Character> names, boolean permute) {
        this.program = program;
        this.letters = letters;
        this.withArgument = withArgument;
        this.names = names;
        this.permute = permute;
    }

    /** Adds the options to {@code found} and returns the words behind them. */
    List<String> parse(List<String> words, List<Found> found) throws Malformed {
        List<String> others = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            boolean option = word.length() > 1 && word.charAt(0) == '-';
            if (!option && !permute) {
                break;
            }
            at++;
            if (word.equals("--")) {
                break;
            }
            if (!option) {
                others.add(word);
                continue;
            }
            List<String> following = words.subList(at, words.size());
            at += word.startsWith("--") && !names.isEmpty()
                    ? parseLong(word, following, found) : parseLetters(word, following, found);
        }
        others.addAll(words.subList(at, words.size()));
        return others;
    }

    private int parseLetters(String word, List<String> following, List<Found> found) throws Malformed {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letters.indexOf(letter) >= 0) {
                found.add(new Found(letter, ""));
            } else if (withArgument.indexOf(letter) < 0) {
                throw new Malformed(program + ": invalid option -- '" + letter + "'");
            } else if (i + 1 < word.length()) {
                found.add(new Found(letter, word.substring(i + 1)));
                return 0;
            } else if (following.isEmpty()) {
                throw new Malformed(program + ": option requires an argument -- '" + letter + "'");
            } else {
                found.add(new Found(letter, following.get(0)));
                return 1;
            }
        }
        return 0;
    }

    private int parseLong(String word, List<String> following, List<Found> found) throws Malformed {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        String full = complete(name);
        char letter = names.get(full);
        boolean takes = withArgument.indexOf(letter) >= 0;
        if (!takes && equals >= 0) {
            throw new Malformed(program + ": option '--" + full + "' doesn't allow an argument");
        }
        if (!takes || equals >= 0) {
            found.add(new Found(letter, equals < 0 ? "" : word.substring(equals + 1)));
            return 0;
        }
        if (following.isEmpty()) {
            throw new Malformed(program + ": option '--" + full + "' requires an argument");
        }
        found.add(new Found(letter, following.get(0)));
        return 1;
    }

    private String complete(String name) throws Malformed {
        List<String> candidates = new ArrayList<>();
        for (String known : names.keySet()) {
            if (known.equals(name)) {
                return known;
            }
            if (known.startsWith(name)) {
                candidates.add(known);
            }
        }
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        if (candidates.isEmpty()) {
            throw new Malformed(program + ": unrecognized option '--" + name + "'");
        }
        throw new Malformed(program + ": option '--" + name + "' is ambiguous; possibilities: '--"
                + String.join("' '--", candidates) + "'");
    }
}
