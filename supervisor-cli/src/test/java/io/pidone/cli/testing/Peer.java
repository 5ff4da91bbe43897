package io.pidone.cli.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An init that pidone stands in for: the same command line is run by the installed one and by pidone under its name.
 *
 * @param name its name: tini or dumb-init
 */
public record Peer(String name) {

    private static final Pattern PID = Pattern.compile("(?i)(pid[ =:']*|tini \\()\\d+");

    /** What dumb-init tells of how it comes by a session and a terminal: pidone gets there by other steps. */
    private static final Pattern INNER_STEP = Pattern.compile("(?m)^\\[dumb-init] (?:.*\\btty\\b.*|setsid complete\\.|"
            + "Received signal (?:1|18)\\.)\\R?");

    private static final Pattern WORD = Pattern.compile("(?<=\\s)--?[a-z][a-z-]*|TINI_[A-Z_]+");

    /** The installed program. */
    public Init installed(List<String> options) {
        return init(List.of("/usr/bin/" + name), options);
    }

    /** {@code pidone NAME}. */
    public Init applet(List<String> options) {
        return init(List.of(Init.launcher().toString(), name), options);
    }

    /** A symbolic link of any name to pidone. */
    public Init linked(String link, List<String> options) {
        return init(List.of(link), options);
    }

    private Init init(List<String> program, List<String> options) {
        List<String> command = new ArrayList<>(program);
        command.addAll(options);
        return new Init(name, command);
    }

    /** What the installed program does with the options: code, stdout, stderr without pids and program paths. */
    public Outcome expected(List<String> options, UnaryOperator<Launch> prepare) {
        return comparable(prepare.apply(Launch.of(installed(options))).run());
    }

    /** What pidone does with them. */
    public Outcome actual(List<String> options, UnaryOperator<Launch> prepare) {
        return comparable(prepare.apply(Launch.of(applet(options))).run());
    }

    /** The same outcome without what differs from run to run and from place to place. */
    public Outcome comparable(Outcome outcome) {
        return new Outcome(outcome.exitCode(), comparable(outcome.stdout()), comparable(outcome.stderr()));
    }

    private String comparable(String text) {
        String named = text.replaceAll("(?m)(?<=^|Usage: |Try )\\S*/(tini|dumb-init|docker-init)\\b", name);
        if (named.contains("Usage: ")) {
            return usage(named);
        }
        String plain = PID.matcher(INNER_STEP.matcher(named).replaceAll("")).replaceAll("$1N");
        // The init and the command write their lines at the same time: only a text of one author has an order.
        boolean logged = plain.lines().anyMatch(line -> line.startsWith("["));
        return logged ? plain.lines().sorted().collect(Collectors.joining("\n")) : plain;
    }

    /** Of a usage text what counts: what is said before it, and the options and variables that it names. */
    private static String usage(String text) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return text.substring(0, text.indexOf("Usage: ")) + words;
    }
}
