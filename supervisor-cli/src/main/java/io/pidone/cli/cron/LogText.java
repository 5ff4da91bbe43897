package io.pidone.cli.cron;

import io.pidone.process.NativeText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of the log as bytes, in an array that is used again and again. What commands write may be anything, but no
 * output can forge a line or reach a terminal's controls: control characters but the tab, and bytes that are not UTF-8,
 * become {@code \xNN} for people; in JSON, JSON's own escapes and the replacement character.
 */
final class LogText {

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTROL_IN_JSON = "\\u00".getBytes(StandardCharsets.US_ASCII);
    /** What a byte may become: {@code \xNN}. */
    private static final int MOST_FOR_PEOPLE = 4;
    /** What a byte may become: an escape of four hexadecimal digits. */
    private static final int MOST_IN_JSON = 6;
    private static final int LAST_CONTROL = 0x9f;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    LogText clear() {
        length = 0;
        return this;
    }

    LogText plain(byte[] text) {
        room(text.length);
        append(text, 0, text.length);
        return this;
    }

    LogText plain(String ascii) {
        return plain(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    LogText plain(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Text of others, for people. */
    LogText escaped(byte[] text, int from, int to) {
        room((to - from) * MOST_FOR_PEOPLE);
        for (int at = from; at < to; ) {
            int special = special(text, at, to, false);
            append(text, at, special);
            at = special;
            if (at < to) {
                int size = text[at] == '\t' ? 1 : text[at] < 0 ? NativeText.characterLength(text, at, to) : 0;
                boolean control = size == 2 && control(text, at);
                if (size > 0 && !control) {
                    append(text, at, at + size);
                } else {
                    size = Math.max(1, size);
                    for (int i = at; i < at + size; i++) {
                        bytes[length++] = '\\';
                        bytes[length++] = 'x';
                        hex(text[i]);
                    }
                }
                at += size;
            }
        }
        return this;
    }

    LogText escaped(String text) {
        byte[] encoded = NativeText.encode(text);
        return escaped(encoded, 0, encoded.length);
    }

    /** Text of others, as it stands between the quotes of a JSON string. */
    LogText json(byte[] text, int from, int to) {
        room((to - from) * MOST_IN_JSON);
        for (int at = from; at < to; ) {
            int special = special(text, at, to, true);
            append(text, at, special);
            at = special;
            if (at < to) {
                at += jsonSpecial(text, at, to);
            }
        }
        return this;
    }

    LogText json(String text) {
        byte[] encoded = NativeText.encode(text);
        return json(encoded, 0, encoded.length);
    }

    private int jsonSpecial(byte[] text, int at, int to) {
        byte b = text[at];
        if (b == '"' || b == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = b;
            return 1;
        }
        int size = NativeText.characterLength(text, at, to);
        if (size == 0) {
            append(REPLACEMENT, 0, REPLACEMENT.length);
            return 1;
        }
        if (size == 1 || size == 2 && control(text, at)) {
            append(CONTROL_IN_JSON, 0, CONTROL_IN_JSON.length);
            hex(size == 1 ? b : text[at + 1]);
        } else {
            append(text, at, at + size);
        }
        return size;
    }

    /** The controls of C1, U+0080 to U+009F. */
    private static boolean control(byte[] text, int at) {
        return text[at] == (byte) 0xC2 && (text[at + 1] & 0xff) <= LAST_CONTROL;
    }

    /** Where the first byte is that is not printable ASCII, or that JSON writes otherwise; {@code to} if none is. */
    private static int special(byte[] text, int from, int to, boolean json) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = (long) LONGS.get(text, at);
            // Below a space; above the tilde. A carry or borrow only ever comes from a byte that is found itself.
            long found = eight - ' ' * ONES & ~eight | eight | eight + ONES;
            if (json) {
                found |= equal(eight, '"') | equal(eight, '\\');
            }
            found &= HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && text[at] >= ' ' && text[at] != 0x7f && !(json && (text[at] == '"' || text[at] == '\\'))) {
            at++;
        }
        return at;
    }

    private static long equal(long eight, char c) {
        long other = eight ^ c * ONES;
        return other - ONES & ~other;
    }

    private void hex(byte b) {
        bytes[length++] = HEX[b >> 4 & 0xf];
        bytes[length++] = HEX[b & 0xf];
    }

    /** There must be room. */
    private void append(byte[] text, int from, int to) {
        System.arraycopy(text, from, bytes, length, to - from);
        length += to - from;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
