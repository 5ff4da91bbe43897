package io.pidone.cron.expression;

import java.util.List;
import java.util.Locale;

/** A field of an expression, with the values that it may hold; both bounds included. */
public enum Field {
    SECOND(0, 59),
    MINUTE(0, 59),
    HOUR(0, 23),
    DAY_OF_MONTH(1, 31),
    MONTH(1, 12, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december"),
    /** Sunday is 0, and 7 as well. */
    DAY_OF_WEEK(0, 6, "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    YEAR(1970, 2099);

    private static final int SHORT_NAME = 3;

    private final int min;
    private final int max;
    private final List<String> names;

    Field(int min, int max, String... names) {
        this.min = min;
        this.max = max;
        this.names = List.of(names);
    }

    /** The lowest value. */
    public int min() {
        return min;
    }

    /** The highest value. */
    public int max() {
        return max;
    }

    /** The name in messages: {@code day-of-month}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The full names of the values from {@link #min()} on, in lower case; empty for a field of numbers only. */
    List<String> names() {
        return names;
    }

    /** What a single value of this field looks like, for messages. */
    String allowed() {
        String numbers = min + " to " + (this == DAY_OF_WEEK ? 7 : max);
        if (names.isEmpty()) {
            return numbers;
        }
        return numbers + " or " + names.get(0).substring(0, SHORT_NAME) + " to "
                + names.get(names.size() - 1).substring(0, SHORT_NAME);
    }

    /** The value of this three-letter or, if {@code fullNames}, full name; -1 if it is none. */
    int named(String name, boolean fullNames) {
        for (int i = 0; i < names.size(); i++) {
            String full = names.get(i);
            boolean matches = name.length() == SHORT_NAME ? full.startsWith(name) : fullNames && full.equals(name);
            if (matches) {
                return min + i;
            }
        }
        return -1;
    }
}
