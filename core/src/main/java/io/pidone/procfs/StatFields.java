package io.pidone.procfs;

/** Decimal numbers separated by single blanks, read one after the other. For one thread. */
final class StatFields {

    private final byte[] bytes;
    private final int end;
    private int at;

    StatFields(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int next() {
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        at++;
        return negative ? -value : value;
    }
}
