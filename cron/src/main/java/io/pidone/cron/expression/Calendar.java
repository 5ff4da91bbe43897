package io.pidone.cron.expression;

/** Days of the years 1970 to 2099 by arithmetic, without allocation: epoch days to years and months, and back. */
final class Calendar {

    static final long SECONDS_PER_DAY = 86_400;
    static final int FIRST_YEAR = 1970;
    static final int LAST_YEAR = 2099;
    /** The first day of 2100. */
    static final int END_DAY = firstDayOf(LAST_YEAR + 1);

    /** Days before each month of a common year, months from 1. */
    private static final int[] BEFORE_MONTH = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    private Calendar() {
    }

    /** The epoch day of 1 January; every fourth year of this range is a leap year, 2000 included. */
    static int firstDayOf(int year) {
        return 365 * (year - FIRST_YEAR) + (year - FIRST_YEAR + 1) / 4;
    }

    /** The epoch day of the first of a month. */
    static int firstDayOf(int year, int month) {
        return firstDayOf(year) + BEFORE_MONTH[month] + (month > 2 && isLeap(year) ? 1 : 0);
    }

    static int lengthOf(int year, int month) {
        return BEFORE_MONTH[month + 1] - BEFORE_MONTH[month] + (month == 2 && isLeap(year) ? 1 : 0);
    }

    /** The year of an epoch day from 0 to {@link #END_DAY} - 1. */
    static int yearOf(int epochDay) {
        int year = FIRST_YEAR + epochDay / 366;
        while (firstDayOf(year + 1) <= epochDay) {
            year++;
        }
        return year;
    }

    /** The month, 1 to 12, of an epoch day in {@code year}. */
    static int monthOf(int year, int epochDay) {
        int month = Math.min(12, (epochDay - firstDayOf(year)) / 29 + 1);
        while (firstDayOf(year, month) > epochDay) {
            month--;
        }
        return month;
    }

    /** The day of the week, 0 is Sunday; 1 January 1970 was a Thursday. */
    static int weekdayOf(int epochDay) {
        return (epochDay + 4) % 7;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0;
    }
}
