package io.pidone.init;

import java.util.Locale;

/** Who gets a forwarded signal. */
public enum ForwardTo {
    /** The command's process alone. */
    CHILD,
    /** The command's process group. */
    GROUP,
    /** Every process group of the command's session; the command leads a session of its own. */
    SESSION,
    /** Every process group among all descendants, adopted orphans included. */
    TREE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
