package io.pidone.cron.expression;

import java.util.BitSet;

/** What one field holds, collected item by item while it is read. */
final class FieldValues {

    private static final int SIZE_OF_YEAR = Field.YEAR.max() - Field.YEAR.min() + 1;
    /** Stays empty. */
    private static final BitSet NO_YEARS = new BitSet(0);

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
    private final BitSet years;
    private long mask;

    FieldValues(Field field) {
        this.field = field;
        this.years = field == Field.YEAR ? new BitSet(SIZE_OF_YEAR) : NO_YEARS;
    }

    void add(int value) {
        if (field == Field.YEAR) {
            years.set(value - field.min());
        } else {
            mask |= 1L << value;
        }
    }

    /** All values, and nothing restricted. */
    void addAll() {
        if (field == Field.YEAR) {
            years.set(0, SIZE_OF_YEAR);
        } else {
            mask = all();
        }
        unrestricted = true;
        wildcard = true;
    }

    private long all() {
        return (1L << field.max() + 1) - (1L << field.min());
    }

    /** The values as bits by their own number; none of the year. */
    long mask() {
        return mask;
    }

    /** The values of the year, from 0 for its lowest; none of another field. */
    BitSet years() {
        return years;
    }

    /** Whether every value was named; for all fields but the year. */
    boolean complete() {
        return mask == all();
    }

    /** Whether nothing at all was named, not even a special day. */
    boolean empty() {
        return mask == 0 && years.isEmpty() && !lastDay && !lastWorkday && nearestWorkdays == 0 && nthDaysOfWeek == 0
                && lastDaysOfWeek == 0;
    }
}
