package io.pidone.cron.expression;

import java.util.Locale;
import java.util.Optional;

/**
 * Reads one field of an expression: a list of items, each a value, a range, a step or a special day.
 *
 * <p>Readings of supercronic that look odd and are kept: a list may have empty items; a step may not exceed the field's
 * highest value; {@code n/s} runs to the highest value. Only its dialect accepts anything after an {@code *} in a list,
 * a reversed range with a step (which names nothing), and reads 7 as 0 before it compares the ends of a range.
 */
final class FieldParser {

    private static final int LAST_NTH = 5;

    private final Field field;
    private final Dialect dialect;
    private final Seeds seeds;
    private final String text;
    /** The column of the first character of {@code text}. */
    private final int column;
    private int at;
    private int end;
    /** Whether the item at fault has the shape of one, and only its numbers are wrong. */
    private boolean wellFormed;

    FieldParser(Field field, Dialect dialect, Seeds seeds, String text, int column) {
        this.field = field;
        this.dialect = dialect;
        this.seeds = seeds;
        String folded = text.toLowerCase(Locale.ROOT);
        this.text = folded.length() == text.length() ? folded : text;
        this.column = column;
    }

    FieldValues parse() {
        FieldValues found = new FieldValues(field);
        boolean anyItem = false;
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            end = comma < 0 ? text.length() : comma;
            at = from;
            if (at < end) {
                anyItem = true;
                parseItem(found);
            } else if (dialect == Dialect.CRONIE) {
                throw error(from, "an item of the list is empty", "give " + field.allowed());
            }
            from = end + 1;
        }
        if (!anyItem) {
            throw error(0, "the list has no items", "give " + field.allowed());
        }
        boolean mayBeEmpty = field == Field.DAY_OF_MONTH || field == Field.DAY_OF_WEEK || field == Field.YEAR;
        if (found.empty() && !mayBeEmpty) {
            throw error(0, CronSyntaxException.quote(text) + " names no " + field.label(), "give the lower end first");
        }
        return found;
    }

    private void parseItem(FieldValues found) {
        int start = at;
        wellFormed = false;
        boolean ignorable = dialect == Dialect.SUPERCRONIC && found.unrestricted && !isDay();
        try {
            readItem(found);
        } catch (CronSyntaxException e) {
            if (!ignorable || wellFormed) {
                throw e;
            }
        }
        found.wildcard |= text.charAt(start) == '*';
    }

    private boolean isDay() {
        return field == Field.DAY_OF_MONTH || field == Field.DAY_OF_WEEK;
    }

    private void readItem(FieldValues found) {
        char c = text.charAt(at);
        boolean single = end - at == 1;
        if (c == '*' || c == '?' && single && dialect != Dialect.CRONIE) {
            at++;
            if (at == end) {
                found.addAll();
            } else {
                addRange(found, field.min(), highest());
            }
        } else if (dialect == Dialect.PIDONE && c == 'h' && field != Field.YEAR) {
            readHashed(found);
        } else if (dialect != Dialect.SUPERCRONIC && c == '~') {
            readRandom(found, field.min());
        } else if (field == Field.DAY_OF_MONTH && c == 'l' && dialect != Dialect.CRONIE) {
            readLastDay(found);
        } else {
            readValueFirst(found);
        }
        expectEnd();
    }

    private void readValueFirst(FieldValues found) {
        int start = at;
        int first = readValue();
        char next = at < end ? text.charAt(at) : ' ';
        if (at == end) {
            found.add(normal(first));
        } else if (next == '-') {
            at++;
            int last = readValue();
            readRangeEnd(found, first, last, start);
        } else if (next == '~' && dialect != Dialect.SUPERCRONIC) {
            readRandom(found, first);
        } else if (dialect == Dialect.CRONIE) {
            String remedy = next == '/' ? "give a range before the step, as in */5 or 0-30/5" : "give "
                    + field.allowed();
            throw error(at, "unexpected " + CronSyntaxException.quote(text.substring(at, end)), remedy);
        } else if (next == '/') {
            addRange(found, normal(first), field.max());
        } else if (next == 'w' && field == Field.DAY_OF_MONTH) {
            at++;
            found.nearestWorkdays |= 1 << first;
        } else if (next == 'l' && field == Field.DAY_OF_WEEK) {
            at++;
            found.lastDaysOfWeek |= 1 << normal(first);
        } else if (next == '#' && field == Field.DAY_OF_WEEK) {
            at++;
            found.nthDaysOfWeek |= 1L << 7 * (readNth() - 1) + normal(first);
        }
    }

    /** Sunday is 0, whichever number it was given. */
    private int normal(int value) {
        return field == Field.DAY_OF_WEEK && value == 7 ? 0 : value;
    }

    private int highest() {
        return field == Field.DAY_OF_WEEK && dialect == Dialect.CRONIE ? 7 : field.max();
    }

    private void readRangeEnd(FieldValues found, int first, int last, int start) {
        boolean stepped = at < end && text.charAt(at) == '/';
        boolean supercronic = dialect == Dialect.SUPERCRONIC;
        int low = supercronic ? normal(first) : first;
        int high = supercronic ? normal(last) : last;
        if (!supercronic && field == Field.DAY_OF_WEEK && high == 0 && low > 0) {
            high = 7;
        }
        boolean complete = at == end || stepped;
        if (complete && low > high && !(supercronic && stepped)) {
            wellFormed = true;
            throw error(start, "the range " + CronSyntaxException.quote(text.substring(start, end)) + " is reversed",
                    "give the lower end first");
        }
        addRange(found, low, high);
    }

    private void addRange(FieldValues found, int first, int last) {
        int step = readStep();
        for (int value = first; value <= last; value += step) {
            found.add(normal(value));
        }
    }

    private int readStep() {
        if (at == end || text.charAt(at) != '/') {
            return 1;
        }
        int start = ++at;
        int digits = countDigits(at);
        if (digits == 0) {
            throw error(at, "the step is missing", "give 1 to " + field.max() + " after the slash");
        }
        at += digits;
        boolean rest = at < end;
        int step = digits > 4 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(start, at));
        boolean unknown = dialect == Dialect.SUPERCRONIC && !isToken(step, digits);
        int most = dialect == Dialect.CRONIE ? Integer.MAX_VALUE - 1 : field.max();
        if (!rest && (step < 1 || step > most || unknown)) {
            wellFormed = true;
            throw error(start, "a step of " + text.substring(start, at) + " is out of range",
                    "give 1 to " + Math.min(most, field.max()));
        }
        return Math.max(1, Math.min(step, 10_000));
    }

    /** supercronic looks a step up in a table of the numbers that fields have. */
    private static boolean isToken(int step, int digits) {
        return digits <= 2 && step <= Field.MINUTE.max()
                || digits == 4 && step >= Field.YEAR.min() && step <= Field.YEAR.max();
    }

    private int readNth() {
        int nth = at < end ? text.charAt(at) - '0' : 0;
        if (nth < 1 || nth > LAST_NTH) {
            throw error(at, "the week is missing or out of range", "give 1 to " + LAST_NTH + " after #, as in mon#1");
        }
        at++;
        return nth;
    }

    private void readLastDay(FieldValues found) {
        at++;
        if (at < end && text.charAt(at) == 'w') {
            at++;
            found.lastWorkday = true;
        } else {
            found.lastDay = true;
        }
    }

    /** {@code H}, {@code H(0-29)}, either with a step: values that the seed picks and that stay. */
    private void readHashed(FieldValues found) {
        int start = at++;
        int low = field.min();
        // A month has 28 days at least: a hashed day exists in each.
        int high = field == Field.DAY_OF_MONTH ? 28 : field.max();
        if (at < end && text.charAt(at) == '(') {
            at++;
            low = readValue();
            expect('-', "H(0-29)");
            high = readValue();
            expect(')', "H(0-29)");
        }
        spread(found, low, high, seeds.hash(), start);
    }

    /** {@code low~high}, either end may be missing: a value that is drawn once. */
    private void readRandom(FieldValues found, int low) {
        int start = at++;
        boolean open = at == end || text.charAt(at) == '/';
        int high = open ? highest() : readValue();
        spread(found, low, high, seeds.random(), start);
    }

    private void spread(FieldValues found, int low, int high, long seed, int start) {
        if (low > high) {
            throw error(start, "the range " + low + " to " + high + " is reversed", "give the lower end first");
        }
        boolean stepped = at < end && text.charAt(at) == '/' && dialect == Dialect.PIDONE;
        int step = stepped ? readStep() : 0;
        int width = stepped ? Math.min(step, high - low + 1) : high - low + 1;
        int first = low + Seeds.draw(seed, field.ordinal(), width);
        for (int value = first; value <= (stepped ? high : first); value += Math.max(1, step)) {
            found.add(normal(value));
        }
    }

    private int readValue() {
        int start = at;
        int digits = countDigits(at);
        if (digits == 0) {
            return readName();
        }
        boolean year = field == Field.YEAR;
        int value = digits > 4 ? Integer.MAX_VALUE : Integer.parseInt(text.substring(at, at + digits));
        int max = field == Field.DAY_OF_WEEK ? 7 : field.max();
        boolean tooLong = dialect != Dialect.CRONIE && (year ? digits != 4 : digits > 2);
        if (tooLong || value < field.min() || value > max) {
            String shown = text.substring(start, at + digits);
            throw error(start, CronSyntaxException.quote(shown) + " is out of range", "give " + field.allowed());
        }
        at += digits;
        return value;
    }

    private int readName() {
        int letters = 0;
        while (at + letters < end && isLetter(text.charAt(at + letters))) {
            letters++;
        }
        for (int length = letters; length >= 3; length--) {
            int value = field.named(text.substring(at, at + length), dialect != Dialect.CRONIE);
            if (value >= 0) {
                at += length;
                return value;
            }
        }
        String shown = text.substring(at, end);
        String problem = shown.isEmpty() ? "a value is missing" : CronSyntaxException.quote(shown) + " is not a value";
        throw error(at, problem, "give " + field.allowed());
    }

    private int countDigits(int from) {
        int digits = 0;
        while (from + digits < end && text.charAt(from + digits) >= '0' && text.charAt(from + digits) <= '9') {
            digits++;
        }
        return digits;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private void expect(char wanted, String example) {
        if (at == end || text.charAt(at) != wanted) {
            throw error(at, "'" + wanted + "' is missing", "write it as in " + example);
        }
        at++;
    }

    private void expectEnd() {
        if (at < end) {
            throw error(at, "unexpected " + CronSyntaxException.quote(text.substring(at, end)),
                    "end the item here, or put a comma between items");
        }
    }

    private CronSyntaxException error(int offset, String problem, String remedy) {
        return new CronSyntaxException(Optional.of(field), column + offset, problem, remedy);
    }
}
