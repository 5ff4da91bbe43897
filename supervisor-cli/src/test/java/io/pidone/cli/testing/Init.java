package io.pidone.cli.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An init under test: what stands on the command line before the command that it runs.
 *
 * @param name what a test report calls it
 * @param command the program, its options and whatever separates them from the command
 */
public record Init(String name, List<String> command) {

    /** pidone with options, {@code --} included. */
    public static Init pidone(String... options) {
        return of("pidone", launcher().toString(), options);
    }

    /** pidone as tini, with tini's options. */
    public static Init pidoneTini(String... options) {
        return new Init("pidone tini", join(Stream.of(launcher().toString(), "tini"), options));
    }

    /** pidone as dumb-init, with dumb-init's options. */
    public static Init pidoneDumbInit(String... options) {
        return new Init("pidone dumb-init", join(Stream.of(launcher().toString(), "dumb-init"), options));
    }

    /** The installed tini. */
    public static Init tini(String... options) {
        return of("tini", "/usr/bin/tini", options);
    }

    /** The installed dumb-init. */
    public static Init dumbInit(String... options) {
        return of("dumb-init", "/usr/bin/dumb-init", options);
    }

    /** Any program with options, {@code --} included. */
    public static Init of(String name, String program, String... options) {
        return new Init(name, join(Stream.of(program), options));
    }

    /** The launcher of the distribution under test. */
    public static Path launcher() {
        return Distribution.launcher();
    }

    private static List<String> join(Stream<String> program, String... options) {
        return Stream.concat(Stream.concat(program, Stream.of(options)), Stream.of("--")).toList();
    }

    @Override
    public String toString() {
        return String.join(" ", Stream.concat(Stream.of(name), command.stream().skip(1)).toList());
    }
}
