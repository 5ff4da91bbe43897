package io.pidone.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a child's environment is made of: the parent's own or a given one, with changes.
 *
 * @param base the entries to start from, {@code NAME=value}; empty: the parent's own, byte for byte
 * @param changes {@code NAME=value} sets, {@code NAME} alone removes; the last one of a name wins
 */
public record Environment(Optional<List<String>> base, List<String> changes) {

    private static final Environment INHERITED = new Environment(Optional.empty(), List.of());

    /** Checks what an environment cannot hold. */
    public Environment {
        changes = List.copyOf(changes);
        changes.forEach(SpawnSpec::requireNoNul);
        base.ifPresent(entries -> entries.forEach(SpawnSpec::requireNoNul));
    }

    /** The parent's own, unchanged. */
    public static Environment inherited() {
        return INHERITED;
    }

    /** Exactly these entries, {@code NAME=value} each. */
    public static Environment exactly(List<String> entries) {
        return new Environment(Optional.of(List.copyOf(entries)), List.of());
    }

    /**
     * This one with a variable set.
     *
     * @throws IllegalArgumentException if {@code name} is empty or has a {@code =}
     */
    public Environment with(String name, String value) {
        return changed(checkedName(name) + '=' + value);
    }

    /** This one with a variable removed, if it is there. */
    public Environment without(String name) {
        return changed(checkedName(name));
    }

    private Environment changed(String change) {
        List<String> all = new ArrayList<>(changes);
        all.add(change);
        return new Environment(base, all);
    }

    private static String checkedName(String name) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not the name of an environment variable: '" + name + "'");
        }
        return name;
    }
}
