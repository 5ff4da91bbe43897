package io.pidone.cron.expression;

/**
 * Which days of a month an expression names, as one mask: bit 1 is the first of the month.
 *
 * @param daysOfMonth bits 1 to 31
 * @param nearestWorkdays {@code 15W}: bits 1 to 31; the nearest Monday to Friday within the month
 * @param lastDay {@code L}
 * @param lastWorkday {@code LW}
 * @param daysOfWeek bits 0 to 6
 * @param nthDaysOfWeek {@code 5#3}: bit 7 * (n - 1) + day of week
 * @param lastDaysOfWeek {@code 5L}: bits 0 to 6
 * @param combination how the two fields work together
 */
record DayRule(
        int daysOfMonth,
        int nearestWorkdays,
        boolean lastDay,
        boolean lastWorkday,
        int daysOfWeek,
        long nthDaysOfWeek,
        int lastDaysOfWeek,
        Combination combination) {

    /** How the day of the month and the day of the week work together. */
    enum Combination {
        /** Neither is restricted. */
        EVERY_DAY,
        DAY_OF_MONTH_ONLY,
        DAY_OF_WEEK_ONLY,
        /** Both are restricted: a day that one of them names. */
        EITHER,
        /** cronie, if a field starts with an asterisk and has a step: a day that both name. */
        BOTH
    }

    private static final int DAYS_PER_WEEK = 7;
    private static final int SATURDAY = 6;
    /** Bit 1 and every seventh after it. */
    private static final long WEEKLY = 1L << 1 | 1L << 8 | 1L << 15 | 1L << 22 | 1L << 29;

    /** The days of this month, bits 1 to 31. */
    int daysIn(int year, int month) {
        int length = Calendar.lengthOf(year, month);
        int all = (int) ((1L << length + 1) - 2);
        int first = Calendar.weekdayOf(Calendar.firstDayOf(year, month));
        return all & switch (combination) {
            case EVERY_DAY -> all;
            case DAY_OF_MONTH_ONLY -> byDayOfMonth(first, length);
            case DAY_OF_WEEK_ONLY -> byDayOfWeek(first, length);
            case EITHER -> byDayOfMonth(first, length) | byDayOfWeek(first, length);
            case BOTH -> byDayOfMonth(first, length) & byDayOfWeek(first, length);
        };
    }

    private int byDayOfMonth(int first, int length) {
        int days = daysOfMonth;
        if (lastDay) {
            days |= 1 << length;
        }
        if (lastWorkday) {
            days |= 1 << nearestWorkday(length, first, length);
        }
        for (int left = nearestWorkdays; left != 0; left &= left - 1) {
            int day = Integer.numberOfTrailingZeros(left);
            if (day <= length) {
                days |= 1 << nearestWorkday(day, first, length);
            }
        }
        return days;
    }

    private static int nearestWorkday(int day, int first, int length) {
        int weekday = (first + day - 1) % DAYS_PER_WEEK;
        if (weekday == SATURDAY) {
            return day > 1 ? day - 1 : day + 2;
        }
        if (weekday == 0) {
            return day < length ? day + 1 : day - 2;
        }
        return day;
    }

    private int byDayOfWeek(int first, int length) {
        int rotated = (daysOfWeek >>> first | daysOfWeek << DAYS_PER_WEEK - first) & 0x7f;
        long days = rotated * WEEKLY;
        for (long left = nthDaysOfWeek; left != 0; left &= left - 1) {
            int nth = Long.numberOfTrailingZeros(left);
            int weekday = nth % DAYS_PER_WEEK;
            days |= 1L << 1 + (weekday - first + DAYS_PER_WEEK) % DAYS_PER_WEEK + nth - weekday;
        }
        int lastWeekday = (first + length - 1) % DAYS_PER_WEEK;
        for (int left = lastDaysOfWeek; left != 0; left &= left - 1) {
            int weekday = Integer.numberOfTrailingZeros(left);
            days |= 1L << length - (lastWeekday - weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK;
        }
        return (int) days;
    }
}
