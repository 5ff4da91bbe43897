package io.pidone.cron;

import io.pidone.cron.schedule.Run;

/** Told of what commands write, by the output thread; may block, which holds the commands back and nobody else. */
public interface OutputSink {

    /**
     * One line, or a piece of one that is too long.
     *
     * @param bytes holds it without its newline, any bytes; valid during the call
     * @param cut whether the line goes on with the next piece
     */
    void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut);

    /** Nothing more is there to be told for now: what was kept back is to be written. */
    default void flush() {
    }
}
