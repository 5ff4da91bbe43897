package io.pidone.cli.cron;

import java.util.Arrays;

/**
 * A line of the log as bytes, in an array that is used again and again. What commands write may be anything: control
 * characters but the tab, and bytes that are not UTF-8, become {@code \xNN}, so that no output can forge a line or
 * reach a terminal's controls.
 */
final class LogText {

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int ESCAPED_BYTES = 4;

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    LogText plain(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    LogText plain(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Text of others, escaped. */
    LogText escaped(byte[] text, int from, int to) {
        room((to - from) * ESCAPED_BYTES);
        int at = from;
        while (at < to) {
            int next = at + 1;
            byte b = text[at];
            if (b >= ' ' && b != 0x7f || b == '\t') {
                bytes[length++] = b;
            } else {
                int size = b < 0 ? sequence(text, at, to) : 0;
                next = at + Math.max(1, size);
                copyOrEscape(text, at, size);
            }
            at = next;
        }
        return this;
    }

    private void copyOrEscape(byte[] text, int at, int size) {
        if (size == 0) {
            bytes[length++] = '\\';
            bytes[length++] = 'x';
            bytes[length++] = HEX[text[at] >> 4 & 0xf];
            bytes[length++] = HEX[text[at] & 0xf];
        } else {
            System.arraycopy(text, at, bytes, length, size);
            length += size;
        }
    }

    /** How many bytes of well-formed UTF-8 begin here (Unicode, table 3-7); 0 for none, and for the controls of C1. */
    static int sequence(byte[] text, int at, int to) {
        int first = text[at] & 0xff;
        int size = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 && first < 0xf0 ? 3
                : first >= 0xc2 && first < 0xe0 ? 2 : 0;
        if (size == 0 || at + size > to) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = text[at + 1] & 0xff;
        boolean wrong = first == 0xc2 && second < 0xa0 || first == 0xe0 && second < 0xa0
                || first == 0xed && second > 0x9f || first == 0xf0 && second < 0x90 || first == 0xf4 && second > 0x8f;
        return wrong ? 0 : size;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
