package io.pidone.cron.expression;

import java.util.BitSet;

/** What one field holds, collected item by item while it is read. */
final class FieldValues {

    /** Bit n stands for the field's lowest value + n. */
    final BitSet values = new BitSet();
    /** An item is {@code *} or {@code ?}. */
    boolean unrestricted;
    /** An item starts with an asterisk: the entry follows the clock, see {@link FireTimes}. */
    boolean wildcard;
    /** {@code L} of the day of the month. */
    boolean lastDay;
    /** {@code LW}. */
    boolean lastWorkday;
    /** {@code 15W}: bits 1 to 31. */
    int nearestWorkdays;
    /** {@code 5#3}: bit 7 * (n - 1) + day of week. */
    long nthDaysOfWeek;
    /** {@code 5L}: bits 0 to 6. */
    int lastDaysOfWeek;

    private final Field field;

    FieldValues(Field field) {
        this.field = field;
    }

    void add(int first, int last, int step) {
        for (int value = first; value <= last; value += step) {
            values.set(value - field.min());
        }
    }

    /** All values, and nothing restricted. */
    void addAll() {
        values.set(0, field.max() - field.min() + 1);
        unrestricted = true;
        wildcard = true;
    }

    /** The values as bits by their own number; for all fields but the year. */
    long mask() {
        return values.isEmpty() ? 0 : values.toLongArray()[0] << field.min();
    }

    boolean complete() {
        return values.cardinality() == field.max() - field.min() + 1;
    }

    /** Whether nothing at all was named, not even a special day. */
    boolean empty() {
        return values.isEmpty() && !lastDay && !lastWorkday && nearestWorkdays == 0 && nthDaysOfWeek == 0
                && lastDaysOfWeek == 0;
    }
}
