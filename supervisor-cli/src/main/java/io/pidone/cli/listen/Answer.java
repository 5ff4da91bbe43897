package io.pidone.cli.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * What is said to a request.
 *
 * @param status of HTTP
 * @param type of the body
 * @param tag what tells the body from others that are no equal of it; empty: nobody need compare it
 * @param body what follows
 */
record Answer(int status, String type, String tag, Body body) {

    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    private static final String TEXT = "text/plain; charset=utf-8";

    /** Something to be written, now or bit by bit. */
    sealed interface Body {
    }

    /** All of it. */
    record Whole(byte[] bytes) implements Body {
    }

    /** Something that is made while it is written: it is never in memory as a whole. */
    @FunctionalInterface
    interface Source {

        void writeTo(OutputStream out) throws IOException;
    }

    /** Made while it is written. */
    record Streamed(Source source) implements Body {
    }

    static Answer text(int status, String body) {
        return new Answer(status, TEXT, "", new Whole(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A body that does not change by itself: who has it need not be sent it again. */
    static Answer tagged(String type, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return new Answer(OK, type, tag(crc.getValue(), body.length), new Whole(body));
    }

    static Answer streamed(String type, Source source) {
        return new Answer(OK, type, "", new Streamed(source));
    }

    /** For those with the same checksum and length; a weak one, since compression changes the bytes. */
    static String tag(long crc, int length) {
        return "W/\"" + Long.toHexString(crc) + "-" + Integer.toHexString(length) + "\"";
    }
}
