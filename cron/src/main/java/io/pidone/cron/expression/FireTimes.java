package io.pidone.cron.expression;

/**
 * From wall-clock times to instants. The wall clock of a zone jumps: some times never show, others show twice.
 *
 * <p>The rule of cron(8): an entry with a wildcard in its hour or minute follows the clock, so it misses what the clock
 * skips and fires again when the clock repeats. Any other entry fires once for each of its times: for a skipped one
 * right after the jump, for a repeated one the first time. That holds for jumps of up to three hours; a longer one is a
 * correction of the calendar (Apia had no 30 December 2011), and the new time counts at once.
 *
 * <p>All arguments and results are seconds since the epoch, {@link LocalTimes#NEVER} and
 * {@link LocalTimes#ALWAYS_AFTER} included. Nothing here allocates.
 *
 * @param times the times on the wall
 * @param followsClock whether the entry has a wildcard in its hour or minute
 */
record FireTimes(LocalTimes times, boolean followsClock) {

    /** cron(8): "local time changes of less than three hours"; ISC cron compares with "greater than 180 minutes". */
    private static final long LONGEST_SHIFT = 3 * 3600;

    /** The first fire time after {@code after}. */
    long next(long after, WallClock clock) {
        int period = clock.periodOf(after + 1);
        long from = after + 1 + clock.offset(period);
        if (followsClock) {
            return nextOnTheClock(from, period, clock);
        }
        return nextOnce(Math.max(from, firstNewTime(period, clock)), period, clock);
    }

    private long nextOnTheClock(long from, int startPeriod, WallClock clock) {
        int period = startPeriod;
        long searched = from;
        long time = times.next(searched);
        while (time >= clock.localEnd(period)) {
            if (clock.isLast(period)) {
                return LocalTimes.NEVER;
            }
            period++;
            long begin = clock.localStart(period);
            if (begin < searched || begin > time) {
                searched = begin;
                time = times.next(begin);
            }
        }
        return time - clock.offset(period);
    }

    private long nextOnce(long from, int startPeriod, WallClock clock) {
        int period = startPeriod;
        long time = times.next(from);
        while (time >= clock.localEnd(period)) {
            if (clock.isLast(period)) {
                return LocalTimes.NEVER;
            }
            period++;
            long begin = clock.localStart(period);
            if (time < begin) {
                if (begin - clock.localEnd(period - 1) <= LONGEST_SHIFT) {
                    return clock.start(period);
                }
                time = times.next(begin);
            } else if (isCorrection(period, clock)) {
                time = times.next(begin);
            }
        }
        return time == LocalTimes.NEVER ? time : time - clock.offset(period);
    }

    /** The last fire time before {@code before}. */
    long previous(long before, WallClock clock) {
        int period = clock.periodOf(before - 1);
        long from = before - 1 + clock.offset(period);
        if (followsClock) {
            return previousOnTheClock(from, period, clock);
        }
        long firstNew = firstNewTime(period, clock);
        return previousOnce(from < firstNew ? firstNew - 1 : from, period, clock);
    }

    private long previousOnTheClock(long from, int startPeriod, WallClock clock) {
        int period = startPeriod;
        long searched = from;
        long time = times.previous(searched);
        while (time < clock.localStart(period)) {
            period--;
            long last = clock.localEnd(period) - 1;
            if (last > searched || last < time) {
                searched = last;
                time = times.previous(last);
            }
        }
        return time == LocalTimes.ALWAYS_AFTER ? time : time - clock.offset(period);
    }

    private long previousOnce(long from, int startPeriod, WallClock clock) {
        int period = startPeriod;
        long time = times.previous(from);
        while (time < Math.max(clock.localStart(period), firstNewTime(period, clock))) {
            long end = clock.localEnd(period - 1);
            if (time >= end) {
                if (clock.localStart(period) - end <= LONGEST_SHIFT) {
                    return clock.start(period);
                }
                time = times.previous(end - 1);
            } else if (isCorrection(period, clock)) {
                time = times.previous(end - 1);
            }
            period--;
        }
        return time == LocalTimes.ALWAYS_AFTER ? time : time - clock.offset(period);
    }

    /** The first time of the period that the clock has not shown before; the lowest number if it repeats none. */
    private static long firstNewTime(int period, WallClock clock) {
        if (period == 0 || isCorrection(period, clock)) {
            return Long.MIN_VALUE;
        }
        return clock.localEnd(period - 1);
    }

    /** Whether the clock was set back at the start of the period, by more than daylight saving ever does. */
    private static boolean isCorrection(int period, WallClock clock) {
        return clock.offset(period - 1) - clock.offset(period) > LONGEST_SHIFT;
    }

    /**
     * The first fire time after {@code after} as supercronic has it: the next time on the wall, made an instant as Go's
     * {@code time.Date} does; if that is not after {@code after}, the one of cron(8).
     */
    long nextAsSupercronic(long after, WallClock clock) {
        long time = times.next(after + clock.offset(clock.periodOf(after)) + 1);
        if (time == LocalTimes.NEVER) {
            return next(after, clock);
        }
        long instant = instantAsGo(time, clock);
        return instant > after ? instant : next(after, clock);
    }

    /**
     * Go's choice for a wall-clock time: the offset that holds at the instant when UTC shows this time; if the result
     * is outside that offset's period, the offset that holds at the result.
     */
    private static long instantAsGo(long time, WallClock clock) {
        int period = clock.periodOf(time);
        int offset = clock.offset(period);
        long instant = time - offset;
        if (offset == 0 || instant >= clock.start(period) && instant < clock.end(period)) {
            return instant;
        }
        return time - clock.offset(clock.periodOf(instant));
    }
}
