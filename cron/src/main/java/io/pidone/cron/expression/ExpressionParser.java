package io.pidone.cron.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Splits an expression into fields, or resolves its nickname, and puts the fields together. */
final class ExpressionParser {

    /** Nicknames as seven fields. */
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 0 1 1 * *",
            "@annually", "0 0 0 1 1 * *",
            "@monthly", "0 0 0 1 * * *",
            "@weekly", "0 0 0 * * 0 *",
            "@daily", "0 0 0 * * * *",
            "@midnight", "0 0 0 * * * *",
            "@hourly", "0 0 * * * * *");
    private static final List<String> NICKNAMES_OF_SUPERCRONIC =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@hourly");
    private static final String EVERY = "@every";
    /** Every value of every field, written out, has some 1200 characters. */
    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST_FIELDS = 7;
    private static final int FEWEST_FIELDS = 5;
    private static final Field[] FIELDS = Field.values();
    /** What holds for a field that is left out; never changed. */
    private static final FieldValues SECOND_ZERO = secondZero();
    private static final FieldValues EVERY_YEAR = everyYear();

    private final String text;
    private final Dialect dialect;
    private final Seeds seeds;

    ExpressionParser(String text, Dialect dialect, Seeds seeds) {
        this.text = text;
        this.dialect = dialect;
        this.seeds = seeds;
    }

    /** What the expression says: fire times of a calendar, or an interval, or the start of the program. */
    Parsed parse() {
        if (text.length() > LONGEST_TEXT) {
            throw error(LONGEST_TEXT, "the expression is too long", "give at most " + LONGEST_TEXT + " characters");
        }
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        if (dialect == Dialect.SUPERCRONIC) {
            return parseAsSupercronic(start);
        }
        if (start < text.length() && text.charAt(start) == '@') {
            return parseNickname(start);
        }
        return new Parsed(fireTimes(parseFields(text, 0)), Optional.empty(), false);
    }

    /** supercronic replaces nicknames as text wherever they stand, and only in lower case. */
    private Parsed parseAsSupercronic(int start) {
        String expanded = text;
        for (String nickname : NICKNAMES_OF_SUPERCRONIC) {
            expanded = expanded.replace(nickname, NICKNAMES.get(nickname));
        }
        boolean unknown = expanded.equals(text) && start < text.length() && text.charAt(start) == '@';
        if (unknown) {
            throw error(start, CronSyntaxException.quote(text.strip()) + " is not a nickname",
                    "give one of " + String.join(" ", NICKNAMES_OF_SUPERCRONIC));
        }
        int fixedColumn = expanded.equals(text) ? 0 : start + 1;
        return new Parsed(fireTimes(parseFields(expanded, fixedColumn)), Optional.empty(), false);
    }

    private Parsed parseNickname(int start) {
        String nickname = text.substring(start).strip();
        String folded = dialect == Dialect.CRONIE ? nickname : nickname.toLowerCase(Locale.ROOT);
        if (folded.equals("@reboot")) {
            return new Parsed(null, Optional.empty(), true);
        }
        boolean every = folded.startsWith(EVERY) && (folded.length() == EVERY.length()
                || isSpace(folded.charAt(EVERY.length())));
        if (every && dialect == Dialect.PIDONE) {
            return new Parsed(null, Optional.of(parseInterval(start, nickname)), false);
        }
        String fields = NICKNAMES.get(folded);
        if (fields == null) {
            throw error(start, CronSyntaxException.quote(nickname) + " is not a nickname", "give one of @reboot @yearly"
                    + " @annually @monthly @weekly @daily @midnight @hourly"
                    + (dialect == Dialect.PIDONE ? " or @every 5m" : ""));
        }
        return new Parsed(fireTimes(parseFields(fields, start + 1)), Optional.empty(), false);
    }

    private Duration parseInterval(int start, String nickname) {
        String duration = nickname.substring(EVERY.length()).strip();
        int at = start + nickname.length() - duration.length();
        Duration interval = DurationText.parse(duration).filter(d -> !d.isZero()).orElseThrow(() -> error(at,
                duration.isEmpty() ? "the interval is missing"
                        : CronSyntaxException.quote(duration) + " is not an interval above zero",
                "give numbers with units, as in @every 1h30m or @every 90s"));
        // A schedule has whole seconds: a fraction is cut, and the shortest interval is one second.
        return Duration.ofSeconds(Math.max(1, interval.toSeconds()));
    }

    /** The seven fields; {@code fixedColumn} is the column of every error, or 0 for its own. */
    private List<FieldValues> parseFields(String line, int fixedColumn) {
        List<Integer> starts = new ArrayList<>(MOST_FIELDS + 1);
        List<Integer> ends = new ArrayList<>(MOST_FIELDS + 1);
        int at = 0;
        while (at < line.length() && starts.size() <= MOST_FIELDS) {
            int start = at;
            while (at < line.length() && !isSpace(line.charAt(at))) {
                at++;
            }
            if (at > start) {
                starts.add(start);
                ends.add(at);
            }
            at++;
        }
        int count = starts.size();
        boolean nickname = fixedColumn > 0;
        int most = dialect == Dialect.CRONIE && !nickname ? FEWEST_FIELDS : MOST_FIELDS;
        String wanted = dialect == Dialect.CRONIE ? "give five fields: minute hour day-of-month month day-of-week"
                : "give 5 fields (minute hour day-of-month month day-of-week), 6 (and a year) or 7 (and seconds first)";
        if (count < FEWEST_FIELDS) {
            throw error(Math.max(0, fixedColumn - 1), "too few fields: " + count, wanted);
        }
        if (count > most) {
            throw error(fixedColumn > 0 ? fixedColumn - 1 : starts.get(most), "too many fields", wanted);
        }
        List<FieldValues> fields = new ArrayList<>(MOST_FIELDS);
        int shift = count == MOST_FIELDS ? 0 : 1;
        for (int i = 0; i < MOST_FIELDS; i++) {
            int index = i - shift;
            if (index < 0 || index >= count) {
                fields.add(i == 0 ? SECOND_ZERO : EVERY_YEAR);
            } else {
                String field = line.substring(starts.get(index), ends.get(index));
                int column = fixedColumn > 0 ? fixedColumn : starts.get(index) + 1;
                fields.add(new FieldParser(FIELDS[i], dialect, seeds, field, column).parse());
            }
        }
        return fields;
    }

    private static FieldValues secondZero() {
        FieldValues values = new FieldValues(Field.SECOND);
        values.add(0);
        return values;
    }

    private static FieldValues everyYear() {
        FieldValues values = new FieldValues(Field.YEAR);
        values.addAll();
        return values;
    }

    private FireTimes fireTimes(List<FieldValues> fields) {
        FieldValues second = fields.get(Field.SECOND.ordinal());
        FieldValues minute = fields.get(Field.MINUTE.ordinal());
        FieldValues hour = fields.get(Field.HOUR.ordinal());
        FieldValues dayOfMonth = fields.get(Field.DAY_OF_MONTH.ordinal());
        FieldValues dayOfWeek = fields.get(Field.DAY_OF_WEEK.ordinal());
        DayRule days = new DayRule((int) dayOfMonth.mask(), dayOfMonth.nearestWorkdays, dayOfMonth.lastDay,
                dayOfMonth.lastWorkday, (int) dayOfWeek.mask(), dayOfWeek.nthDaysOfWeek, dayOfWeek.lastDaysOfWeek,
                combine(dayOfMonth, dayOfWeek));
        LocalTimes times = new LocalTimes(second.mask(), minute.mask(), hour.mask(), days,
                fields.get(Field.MONTH.ordinal()).mask(), fields.get(Field.YEAR.ordinal()).years());
        boolean followsClock = second.wildcard || minute.wildcard || hour.wildcard || hour.complete();
        return new FireTimes(times, followsClock);
    }

    private DayRule.Combination combine(FieldValues dayOfMonth, FieldValues dayOfWeek) {
        if (dayOfMonth.unrestricted && dayOfWeek.unrestricted) {
            return DayRule.Combination.EVERY_DAY;
        }
        if (dayOfMonth.unrestricted) {
            return DayRule.Combination.DAY_OF_WEEK_ONLY;
        }
        if (dayOfWeek.unrestricted) {
            return DayRule.Combination.DAY_OF_MONTH_ONLY;
        }
        boolean asterisk = dayOfMonth.wildcard || dayOfWeek.wildcard;
        return dialect == Dialect.CRONIE && asterisk ? DayRule.Combination.BOTH : DayRule.Combination.EITHER;
    }

    /** The white space of supercronic's field separator. */
    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' && c != '\u000b';
    }

    private static CronSyntaxException error(int offset, String problem, String remedy) {
        return new CronSyntaxException(Optional.empty(), offset + 1, problem, remedy);
    }

    /**
     * What an expression says; exactly one of the three.
     *
     * @param fireTimes of a calendar; null for the other two
     * @param interval of {@code @every}, whole seconds
     * @param atReboot {@code @reboot}
     */
    record Parsed(FireTimes fireTimes, Optional<Duration> interval, boolean atReboot) {
    }
}
