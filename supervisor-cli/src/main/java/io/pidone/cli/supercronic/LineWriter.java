package io.pidone.cli.supercronic;

/** Takes finished lines. */
@FunctionalInterface
interface LineWriter {

    /**
     * Writes one line.
     *
     * @param bytes valid during the call, the newline included
     * @param stderr whether it goes to stderr, or to stdout
     */
    void write(byte[] bytes, int length, boolean stderr);

    /** Writes what was kept back. */
    default void flush() {
    }
}
