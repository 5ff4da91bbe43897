package io.pidone.cron.expression;

import java.util.BitSet;

/**
 * The wall-clock times that an expression names, found by scanning bits from the year down to the second.
 *
 * <p>A wall-clock time is a number of seconds since 1970-01-01T00:00 on the wall, no zone applied. Nothing here
 * allocates; therefore {@link #NEVER} and {@link #ALWAYS_AFTER} stand for an absent time instead of an Optional.
 *
 * @param seconds bits 0 to 59, not empty
 * @param minutes bits 0 to 59, not empty
 * @param hours bits 0 to 23, not empty
 * @param days the rule for days
 * @param months bits 1 to 12, not empty
 * @param years bits from 0 for 1970; never changed
 */
record LocalTimes(long seconds, long minutes, long hours, DayRule days, long months, BitSet years) {

    /** No time at or after the one asked for: later than any time. */
    static final long NEVER = Long.MAX_VALUE;
    /** No time at or before the one asked for: earlier than any time. */
    static final long ALWAYS_AFTER = Long.MIN_VALUE;

    private static final int NONE = -1;

    /** The first named time at or after {@code from}, or {@link #NEVER}. */
    long next(long from) {
        long at = Math.max(from, 0);
        if (at >= Calendar.END_DAY * Calendar.SECONDS_PER_DAY) {
            return NEVER;
        }
        int today = (int) (at / Calendar.SECONDS_PER_DAY);
        int day = nextDay(today);
        if (day == today) {
            int time = nextTimeOfDay((int) (at % Calendar.SECONDS_PER_DAY));
            if (time != NONE) {
                return day * Calendar.SECONDS_PER_DAY + time;
            }
            day = nextDay(today + 1);
        }
        return day == NONE ? NEVER : day * Calendar.SECONDS_PER_DAY + nextTimeOfDay(0);
    }

    /** The last named time at or before {@code from}, or {@link #ALWAYS_AFTER}. */
    long previous(long from) {
        if (from < 0) {
            return ALWAYS_AFTER;
        }
        long at = Math.min(from, Calendar.END_DAY * Calendar.SECONDS_PER_DAY - 1);
        int today = (int) (at / Calendar.SECONDS_PER_DAY);
        int day = previousDay(today);
        if (day == today) {
            int time = previousTimeOfDay((int) (at % Calendar.SECONDS_PER_DAY));
            if (time != NONE) {
                return day * Calendar.SECONDS_PER_DAY + time;
            }
            day = previousDay(today - 1);
        }
        int lastTime = (int) Calendar.SECONDS_PER_DAY - 1;
        return day == NONE ? ALWAYS_AFTER : day * Calendar.SECONDS_PER_DAY + previousTimeOfDay(lastTime);
    }

    private int nextDay(int from) {
        if (from >= Calendar.END_DAY) {
            return NONE;
        }
        int year = Calendar.yearOf(from);
        int month = Calendar.monthOf(year, from);
        int dayOfMonth = from - Calendar.firstDayOf(year, month) + 1;
        int named = years.nextSetBit(year - Calendar.FIRST_YEAR);
        while (named >= 0) {
            int namedYear = named + Calendar.FIRST_YEAR;
            boolean thisYear = namedYear == year;
            int m = nextBit(months, thisYear ? month : 1);
            while (m != NONE) {
                int d = nextBit(days.daysIn(namedYear, m) & 0xffffffffL, thisYear && m == month ? dayOfMonth : 1);
                if (d != NONE) {
                    return Calendar.firstDayOf(namedYear, m) + d - 1;
                }
                m = nextBit(months, m + 1);
            }
            named = years.nextSetBit(named + 1);
        }
        return NONE;
    }

    private int previousDay(int from) {
        if (from < 0) {
            return NONE;
        }
        int year = Calendar.yearOf(from);
        int month = Calendar.monthOf(year, from);
        int dayOfMonth = from - Calendar.firstDayOf(year, month) + 1;
        int named = years.previousSetBit(year - Calendar.FIRST_YEAR);
        while (named >= 0) {
            int namedYear = named + Calendar.FIRST_YEAR;
            boolean thisYear = namedYear == year;
            int m = previousBit(months, thisYear ? month : 12);
            while (m != NONE) {
                int last = thisYear && m == month ? dayOfMonth : 31;
                int d = previousBit(days.daysIn(namedYear, m) & 0xffffffffL, last);
                if (d != NONE) {
                    return Calendar.firstDayOf(namedYear, m) + d - 1;
                }
                m = previousBit(months, m - 1);
            }
            named = years.previousSetBit(named - 1);
        }
        return NONE;
    }

    private int nextTimeOfDay(int from) {
        int hour = from / 3600;
        int minute = from / 60 % 60;
        int h = nextBit(hours, hour);
        if (h == hour) {
            int m = nextBit(minutes, minute);
            if (m == minute) {
                int s = nextBit(seconds, from % 60);
                if (s != NONE) {
                    return h * 3600 + m * 60 + s;
                }
                m = nextBit(minutes, minute + 1);
            }
            if (m != NONE) {
                return h * 3600 + m * 60 + nextBit(seconds, 0);
            }
            h = nextBit(hours, hour + 1);
        }
        return h == NONE ? NONE : h * 3600 + nextBit(minutes, 0) * 60 + nextBit(seconds, 0);
    }

    private int previousTimeOfDay(int from) {
        int hour = from / 3600;
        int minute = from / 60 % 60;
        int h = previousBit(hours, hour);
        if (h == hour) {
            int m = previousBit(minutes, minute);
            if (m == minute) {
                int s = previousBit(seconds, from % 60);
                if (s != NONE) {
                    return h * 3600 + m * 60 + s;
                }
                m = previousBit(minutes, minute - 1);
            }
            if (m != NONE) {
                return h * 3600 + m * 60 + previousBit(seconds, 59);
            }
            h = previousBit(hours, hour - 1);
        }
        return h == NONE ? NONE : h * 3600 + previousBit(minutes, 59) * 60 + previousBit(seconds, 59);
    }

    private static int nextBit(long mask, int from) {
        long left = from > 63 ? 0 : mask & -1L << from;
        return left == 0 ? NONE : Long.numberOfTrailingZeros(left);
    }

    private static int previousBit(long mask, int from) {
        long left = from < 0 ? 0 : mask & -1L >>> 63 - from;
        return left == 0 ? NONE : 63 - Long.numberOfLeadingZeros(left);
    }
}
