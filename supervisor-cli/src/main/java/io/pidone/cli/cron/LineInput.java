package io.pidone.cli.cron;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, each of bounded length, from a stream that may pause. For one thread. */
final class LineInput {

    /** An expression has at most 10 000 characters. */
    static final int LONGEST_LINE_BYTES = 64 << 10;

    /** A line that has no text. */
    static final class Unreadable extends Exception {

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** What is to be done before a read that may wait. */
    interface BeforePause {

        void run() throws IOException;
    }

    private final InputStream in;
    private final BeforePause beforePause;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[LONGEST_LINE_BYTES + 1];
    private int from;
    private int to;
    private boolean ended;

    LineInput(InputStream in, BeforePause beforePause) {
        this.in = in;
        this.beforePause = beforePause;
    }

    /**
     * The next line without its end, be that a newline or a carriage return and a newline; empty at the end of the
     * input.
     *
     * @throws Unreadable if the line is too long or is not UTF-8; the next call answers the line after it
     */
    Optional<String> next() throws IOException, Unreadable {
        int end = awaitNewline();
        if (end < 0 && to - from > LONGEST_LINE_BYTES) {
            skipLine();
            throw new Unreadable("the line is too long; give at most " + LONGEST_LINE_BYTES + " bytes");
        }
        if (end < 0 && from == to) {
            return Optional.empty();
        }
        int last = end < 0 ? to : end;
        int first = from;
        from = end < 0 ? to : end + 1;
        int length = last > first && buffer[last - 1] == '\r' ? last - 1 - first : last - first;
        try {
            return Optional.of(decoder.decode(ByteBuffer.wrap(buffer, first, length)).toString());
        } catch (CharacterCodingException e) {
            throw new Unreadable("the line is not UTF-8; write it in UTF-8");
        }
    }

    /** Reads until there is a newline; its place, or -1 at the end of the input or of the buffer. */
    private int awaitNewline() throws IOException {
        int searched = from;
        while (true) {
            for (; searched < to; searched++) {
                if (buffer[searched] == '\n') {
                    return searched;
                }
            }
            if (ended || to - from > LONGEST_LINE_BYTES) {
                return -1;
            }
            searched -= from;
            fill();
            searched += from;
        }
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        beforePause.run();
        int got = in.read(buffer, to, buffer.length - to);
        ended = got < 0;
        to += Math.max(got, 0);
    }

    private void skipLine() throws IOException {
        int end = -1;
        while (end < 0 && !ended) {
            from = to;
            end = awaitNewline();
        }
        from = end < 0 ? to : end + 1;
    }
}
