package io.pidone.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to start and what the child shall find: an immutable description, made by {@link #of} and the {@code with...}
 * methods.
 *
 * <p>Unless told otherwise a child leads a process group of its own, has an empty signal mask, ignores what its parent
 * ignores, and shares the parent's environment, working directory, descriptors, umask and limits.
 *
 * @param command the program and its arguments; a program without a slash is looked for in {@code PATH}, a file that
 *     the kernel cannot execute is given to {@code /bin/sh}, both as execvp(3) does
 * @param environment what the child's environment is made of
 * @param directory the working directory, in which a relative program is looked for; empty: the parent's
 * @param placement its process group and session
 * @param terminal the descriptor of a terminal that is the child's from its first instruction on: its process group is
 *     the foreground group, and with {@link Placement#OWN_SESSION} the terminal controls its session; empty: none
 * @param signalMask the signals that start blocked
 * @param defaultSignals the signals that start with their default disposition, also if the parent ignores them
 * @param credentials the user to run as; empty: the parent's
 * @param redirects changes of its descriptors, in order
 */
public record SpawnSpec(
        List<String> command,
        Environment environment,
        Optional<String> directory,
        Placement placement,
        Optional<Integer> terminal,
        SignalSet signalMask,
        SignalSet defaultSignals,
        Optional<Credentials> credentials,
        List<Redirect> redirects) {

    /** Which process group and session the child starts in, see setpgid(2), setsid(2). */
    public enum Placement {
        /** The parent's group: signals of a terminal reach both. */
        PARENTS_GROUP,
        /** A new group that the child leads. */
        OWN_GROUP,
        /** A new session that the child leads, without a controlling terminal unless one is given. */
        OWN_SESSION
    }

    /** Checks what no child could start with: an empty command, a NUL in a string. */
    public SpawnSpec {
        command = List.copyOf(command);
        redirects = List.copyOf(redirects);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command names a program");
        }
        for (String argument : command) {
            requireNoNul(argument);
        }
        Objects.requireNonNull(environment);
        Objects.requireNonNull(placement);
    }

    static void requireNoNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character ends a C string: " + text.replace('\0', '?'));
        }
    }

    /** A child with the defaults. */
    public static SpawnSpec of(List<String> command) {
        return new SpawnSpec(command, Environment.inherited(), Optional.empty(), Placement.OWN_GROUP, Optional.empty(),
                SignalSet.EMPTY, SignalSet.EMPTY, Optional.empty(), List.of());
    }

    public static SpawnSpec of(String... command) {
        return of(List.of(command));
    }

    public SpawnSpec withEnvironment(Environment changed) {
        return new SpawnSpec(command, changed, directory, placement, terminal, signalMask, defaultSignals,
                credentials, redirects);
    }

    public SpawnSpec withDirectory(String changed) {
        return new SpawnSpec(command, environment, Optional.of(changed), placement, terminal, signalMask,
                defaultSignals, credentials, redirects);
    }

    public SpawnSpec withPlacement(Placement changed) {
        return new SpawnSpec(command, environment, directory, changed, terminal, signalMask, defaultSignals,
                credentials, redirects);
    }

    public SpawnSpec withTerminal(int descriptor) {
        return new SpawnSpec(command, environment, directory, placement, Optional.of(descriptor), signalMask,
                defaultSignals, credentials, redirects);
    }

    public SpawnSpec withSignalMask(SignalSet changed) {
        return new SpawnSpec(command, environment, directory, placement, terminal, changed, defaultSignals,
                credentials, redirects);
    }

    public SpawnSpec withDefaultSignals(SignalSet changed) {
        return new SpawnSpec(command, environment, directory, placement, terminal, signalMask, changed, credentials,
                redirects);
    }

    public SpawnSpec withCredentials(Credentials changed) {
        return new SpawnSpec(command, environment, directory, placement, terminal, signalMask, defaultSignals,
                Optional.of(changed), redirects);
    }

    public SpawnSpec withRedirect(Redirect added) {
        List<Redirect> all = new ArrayList<>(redirects);
        all.add(added);
        return new SpawnSpec(command, environment, directory, placement, terminal, signalMask, defaultSignals,
                credentials, all);
    }
}
