package io.pidone.process;

/** The outcomes of a wait that does not block. */
public enum Waited {
    /** A child has ended and was reaped. */
    ENDED,
    /** A child was stopped by a signal; it lives on. */
    STOPPED,
    /** There are children, and none of them has anything to say. */
    NONE_READY,
    /** ECHILD: there is no such child. */
    NO_CHILD
}
