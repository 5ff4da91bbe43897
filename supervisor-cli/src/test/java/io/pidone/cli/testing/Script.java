package io.pidone.cli.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The commands that inits run in the tests: Perl of Debian's essential set, each prints a line when it is ready. */
public final class Script {

    private Script() {
    }

    /** Prints {@code ready NAME}, then {@code NAME n} for each signal n it gets. It never ends by itself. */
    public static String[] signals(String name) {
        return perl("signals.pl", name);
    }

    /** As {@link #signals}, but ends with the code on SIGTERM, after printing it. */
    public static String[] endsOnTerm(String name, int code) {
        return perl("signals.pl", name, Integer.toString(code));
    }

    /** A family: leader, member of its group, own group, own session, and an orphan in its own session. */
    public static String[] family() {
        return perl("family.pl");
    }

    /** Makes orphans in bursts, waits until no zombie is left, prints {@code zombies N} and exits with 42. */
    public static String[] orphans(int count, int burst) {
        return perl("orphans.pl", Integer.toString(count), Integer.toString(burst));
    }

    /** Leaves a process behind, named {@code left}, in its own session, and exits with the code. */
    public static String[] leaves(String manner, int code) {
        return perl("leaves.pl", manner, Integer.toString(code));
    }

    /** A shell script. */
    public static String[] sh(String text, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", text, "sh"));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /** One of the Perl scripts beside this class, handed over as text: the user who runs it need not see the file. */
    public static String[] perl(String resource, String... arguments) {
        List<String> command = new ArrayList<>(List.of("perl", "-e", text(resource)));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static String text(String resource) {
        try (InputStream stream = Script.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
