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
            int length = sequenceLength(bytes, i, to);
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

    /** How many bytes form one well-formed character here; 0 if none does. */
    private static int sequenceLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        // The decoder is the judge of overlong forms and surrogates: it answers a bad one with a replacement character.
        boolean realReplacement = length == 3 && first == 0xEF && bytes[at + 1] == (byte) 0xBF
                && bytes[at + 2] == (byte) 0xBD;
        String one = new String(bytes, at, length, StandardCharsets.UTF_8);
        return realReplacement || one.indexOf('\uFFFD') < 0 ? length : 0;
    }
}
