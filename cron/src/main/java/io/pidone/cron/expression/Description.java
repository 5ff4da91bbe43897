package io.pidone.cron.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Fire times in words: the time of day, then the days, the months and the years, each left out if not restricted. */
final class Description {

    private static final int SHORT_LIST = 6;
    private static final String[] ORDINALS = {"first", "second", "third", "fourth", "fifth"};
    private static final long ALL_MINUTES = (1L << 60) - 1;
    private static final long ALL_HOURS = (1L << 24) - 1;
    private static final long ALL_MONTHS = (1L << 13) - 2;
    private static final int YEARS = Field.YEAR.max() - Field.YEAR.min() + 1;

    private Description() {
    }

    static String of(LocalTimes times, boolean never) {
        if (never) {
            return "never";
        }
        StringBuilder words = new StringBuilder(timeOfDay(times));
        days(words, times.days());
        if (times.months() != ALL_MONTHS) {
            words.append(" in ").append(list(times.months(), m -> capital(Field.MONTH.names().get(m - 1))));
        }
        if (times.years().cardinality() != YEARS) {
            words.append(" in ").append(years(times.years()));
        }
        return words.toString();
    }

    static String duration(Duration duration) {
        StringBuilder words = new StringBuilder();
        append(words, duration.toDays(), "day");
        append(words, duration.toHoursPart(), "hour");
        append(words, duration.toMinutesPart(), "minute");
        append(words, duration.toSecondsPart(), "second");
        return words.toString();
    }

    private static void append(StringBuilder words, long count, String unit) {
        if (count > 0) {
            words.append(words.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
            words.append(count > 1 ? "s" : "");
        }
    }

    private static String timeOfDay(LocalTimes times) {
        boolean clockTimes = Long.bitCount(times.hours()) * Long.bitCount(times.minutes()) <= SHORT_LIST
                && Long.bitCount(times.seconds()) == 1;
        if (clockTimes) {
            return "at " + clockTimes(times);
        }
        StringBuilder words = new StringBuilder();
        if (times.seconds() != 1) {
            words.append(unit(times.seconds(), ALL_MINUTES, "second")).append(" of ");
        }
        words.append(unit(times.minutes(), ALL_MINUTES, "minute"));
        if (times.hours() != ALL_HOURS) {
            words.append(" of ").append(unit(times.hours(), ALL_HOURS, "hour"));
        } else if (times.minutes() != ALL_MINUTES && !words.toString().startsWith("every ")) {
            words.append(" of every hour");
        }
        return words.toString();
    }

    private static String clockTimes(LocalTimes times) {
        List<String> words = new ArrayList<>();
        int second = Long.numberOfTrailingZeros(times.seconds());
        for (int hour = 0; hour < 24; hour++) {
            for (int minute = 0; minute < 60; minute++) {
                if ((times.hours() >>> hour & times.minutes() >>> minute & 1) != 0) {
                    words.add(String.format(Locale.ROOT, second == 0 ? "%02d:%02d" : "%02d:%02d:%02d", hour, minute,
                            second));
                }
            }
        }
        return join(words);
    }

    private static String unit(long mask, long all, String unit) {
        if (mask == all) {
            return "every " + unit;
        }
        int step = stepOf(mask, Long.bitCount(all));
        if (step > 1) {
            return "every " + step + " " + unit + "s";
        }
        return (unit.equals("hour") ? "" : "at ") + unit + " " + list(mask, Integer::toString);
    }

    /** The step if the values run evenly from 0 through the whole field and around its end; otherwise 0. */
    private static int stepOf(long mask, int size) {
        int count = Long.bitCount(mask);
        if (count < 2 || size % count != 0) {
            return 0;
        }
        int step = size / count;
        for (int value = 0; value < size; value += step) {
            if ((mask >>> value & 1) == 0) {
                return 0;
            }
        }
        return step;
    }

    private static void days(StringBuilder words, DayRule rule) {
        String byMonth = daysOfMonth(rule);
        String byWeek = daysOfWeek(rule);
        switch (rule.combination()) {
            case EVERY_DAY -> words.append(words.toString().startsWith("at ") && words.indexOf(":") > 0 ? " every day"
                    : "");
            case DAY_OF_MONTH_ONLY -> words.append(" on ").append(byMonth);
            case DAY_OF_WEEK_ONLY -> words.append(" on ").append(byWeek);
            case EITHER -> words.append(" on ").append(byMonth).append(" or on ").append(byWeek);
            case BOTH -> words.append(" on ").append(byMonth).append(" if it is ").append(byWeek);
        }
    }

    private static String daysOfMonth(DayRule rule) {
        List<String> words = new ArrayList<>();
        if (rule.daysOfMonth() != 0) {
            words.add("day " + list(rule.daysOfMonth() & 0xffffffffL, Integer::toString) + " of the month");
        }
        for (int left = rule.nearestWorkdays(); left != 0; left &= left - 1) {
            words.add("the workday nearest to day " + Integer.numberOfTrailingZeros(left));
        }
        if (rule.lastDay()) {
            words.add("the last day of the month");
        }
        if (rule.lastWorkday()) {
            words.add("the last workday of the month");
        }
        return words.isEmpty() ? "no day of the month" : join(words);
    }

    private static String daysOfWeek(DayRule rule) {
        List<String> words = new ArrayList<>();
        if (rule.daysOfWeek() != 0) {
            words.add(list(rule.daysOfWeek(), Description::weekday));
        }
        for (long left = rule.nthDaysOfWeek(); left != 0; left &= left - 1) {
            int nth = Long.numberOfTrailingZeros(left);
            words.add("the " + ORDINALS[nth / 7] + " " + weekday(nth % 7) + " of the month");
        }
        for (int left = rule.lastDaysOfWeek(); left != 0; left &= left - 1) {
            words.add("the last " + weekday(Integer.numberOfTrailingZeros(left)) + " of the month");
        }
        return words.isEmpty() ? "no day of the week" : join(words);
    }

    private static String weekday(int day) {
        return capital(Field.DAY_OF_WEEK.names().get(day));
    }

    private static String years(BitSet years) {
        List<String> words = new ArrayList<>();
        for (int first = years.nextSetBit(0); first >= 0;) {
            int end = years.nextClearBit(first);
            words.add(run(first + Field.YEAR.min(), end - 1 + Field.YEAR.min(), Integer::toString));
            first = years.nextSetBit(end);
        }
        return join(words);
    }

    private static String list(long mask, IntFunction<String> name) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < Long.SIZE) {
            if ((mask >>> at & 1) == 0) {
                at++;
                continue;
            }
            int last = at;
            while (last + 1 < Long.SIZE && (mask >>> last + 1 & 1) != 0) {
                last++;
            }
            words.add(run(at, last, name));
            at = last + 1;
        }
        return join(words);
    }

    private static String run(int first, int last, IntFunction<String> name) {
        if (first == last) {
            return name.apply(first);
        }
        return name.apply(first) + (last == first + 1 ? " and " : " to ") + name.apply(last);
    }

    private static String join(List<String> words) {
        if (words.size() == 1) {
            return words.get(0);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
