package io.pidone.process.linux;

import io.pidone.process.SignalSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the process was started with and a child shall find again, though the runtime or its launcher has changed it.
 *
 * @param descriptors those above 2 that were inherited and pass to children; the runtime's own never do
 * @param closed those up to 2 that were closed: closed in a child too
 * @param ignored the signals that were ignored, also those that the runtime has a handler for now
 * @param environment the environment block, each entry with its NUL; empty: the one of the process as it is
 * @param hidden the prefix behind which variables were hidden from the runtime: a child finds them without it; empty:
 *     none were
 * @param own variables that the launcher set for the runtime alone
 */
public record Startup(Set<Integer> descriptors, Set<Integer> closed, SignalSet ignored, Optional<byte[]> environment,
        Optional<String> hidden, Set<String> own) {

    /** Keeps its own copies. */
    public Startup {
        descriptors = Set.copyOf(descriptors);
        closed = Set.copyOf(closed);
        own = Set.copyOf(own);
    }

    /** For a library in somebody's application: nothing above descriptor 2 passes, all else as it is now. */
    public static Startup embedded() {
        return new Startup(Set.of(), Set.of(), SignalSet.EMPTY, Optional.empty(), Optional.empty(),
                Set.of());
    }
}
