package io.pidone.process.linux;

import io.pidone.process.SignalSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the process was started with and a child shall find again, though the runtime has changed it for itself.
 *
 * @param descriptors those above 2 that were inherited and pass to children; the runtime's own never do
 * @param ignored the signals that were ignored, also those that the runtime has a handler for now
 * @param hidden the prefix behind which variables were hidden from the runtime: a child finds them without it; empty:
 *     none were
 */
public record Startup(Set<Integer> descriptors, SignalSet ignored, Optional<String> hidden) {

    /** Keeps its own copy. */
    public Startup {
        descriptors = Set.copyOf(descriptors);
    }

    /** For a library in somebody's application: nothing above descriptor 2 passes, dispositions as they are now. */
    public static Startup embedded() {
        return new Startup(Set.of(), SignalSet.EMPTY, Optional.empty());
    }
}
