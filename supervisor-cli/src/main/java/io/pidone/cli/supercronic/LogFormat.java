package io.pidone.cli.supercronic;

/** One of logrus' forms of a message. Immutable; texts hold stray bytes as NativeText does. */
interface LogFormat {

    /** The fields as this form has them, for messages of this level; may be kept and used again. */
    String render(Level level, Fields fields);

    /**
     * Appends a line without its newline.
     *
     * @param time as RFC 3339 has it
     * @param fields rendered by this form for this level
     */
    void append(StringBuilder out, Level level, String time, String message, String fields);
}
