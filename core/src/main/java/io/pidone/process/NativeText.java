package io.pidone.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text as the kernel keeps it: arguments, variables and paths are bytes without NUL, most often UTF-8, but not always.
 *
 * <p>Bytes that are not UTF-8 become lone surrogates {@code U+DC80} to {@code U+DCFF} and return as the same bytes, so
 * that nothing is lost on the way through a {@link String}.
 */
public final class NativeText {

    private static final int ESCAPE = 0xDC00;

    private NativeText() {
    }

    /** The bytes of a string, without a NUL at the end. */
    public static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return encodeSlowly(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encodeSlowly(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point >= ESCAPE + 0x80 && point <= ESCAPE + 0xFF) {
                bytes.write(point - ESCAPE);
            } else {
                bytes.writeBytes(new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(point);
        }
        return bytes.toByteArray();
    }

    /** The string of some bytes; {@link #encode} gives exactly these bytes again. */
    public static String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeSlowly(bytes, from, to);
    }

    private static String decodeSlowly(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; ) {
            int length = characterLength(bytes, i, to);
            if (length == 0) {
                text.append((char) (ESCAPE + (bytes[i] & 0xFF)));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /**
     * How many bytes form one well-formed character at {@code at}, see table 3-7 of Unicode; 0 if none does. Allocates
     * nothing.
     */
    public static int characterLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length < 2) {
            return length;
        }
        if (at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        boolean formed = second >= least && second <= most;
        for (int i = at + 2; i < at + length; i++) {
            formed = formed && (bytes[i] & 0xC0) == 0x80;
        }
        return formed ? length : 0;
    }
}
