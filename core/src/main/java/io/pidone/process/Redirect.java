package io.pidone.process;

/** One change of a child's descriptors before it executes, see posix_spawn_file_actions_adddup2(3) and the like. */
public sealed interface Redirect {

    /** The child's descriptor that changes. */
    int descriptor();

    /** {@code descriptor} becomes a duplicate of the parent's {@code source}; they may be the same. */
    record Duplicate(int descriptor, int source) implements Redirect {
    }

    /** {@code descriptor} reads from and writes to {@code /dev/null}. */
    record Null(int descriptor) implements Redirect {
    }

    /** {@code descriptor} is closed. */
    record Close(int descriptor) implements Redirect {
    }
}
