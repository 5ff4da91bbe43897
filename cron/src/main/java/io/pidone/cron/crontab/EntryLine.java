package io.pidone.cron.crontab;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.CronSyntaxException;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an entry's line. The number of fields is not written down anywhere, so as many as possible are tried:
 * seven, then six, then five; what follows the first that can be read is the command. That is supercronic's reading.
 *
 * @param schedule when
 * @param scheduleOffset where it begins in the line
 * @param user who, if the crontab has a column for that
 * @param command what, not empty
 */
record EntryLine(CronExpression schedule, int scheduleOffset, Optional<String> user, String command) {

    private static final int[] FIELD_COUNTS = {7, 6, 5};
    private static final int[] FIELD_COUNTS_OF_CRONIE = {5};
    private static final int MOST_WORDS = 9;

    /** A line that is no entry. */
    static final class Malformed extends Exception {

        private final int column;

        Malformed(int column, String message) {
            super(message, null, false, false);
            this.column = column;
        }

        int column() {
            return column;
        }
    }

    static EntryLine split(String line, int start, CrontabSyntax syntax) throws Malformed {
        Words words = Words.of(line, start);
        boolean nickname = line.charAt(start) == '@';
        if (nickname) {
            int count = syntax.dialect() == Dialect.PIDONE && words.word(0).equalsIgnoreCase("@every") ? 2 : 1;
            return ofFields(words, count, syntax);
        }
        int[] counts = syntax.dialect() == Dialect.CRONIE ? FIELD_COUNTS_OF_CRONIE : FIELD_COUNTS;
        int fewest = counts[counts.length - 1];
        for (int count : counts) {
            boolean hasYear = count > fewest && words.count() > count && mayBeYear(line.charAt(words.start(count - 1)));
            if (hasYear && canBeRead(words, count, syntax)) {
                return ofFields(words, count, syntax);
            }
        }
        return ofFields(words, fewest, syntax);
    }

    /**
     * Whether the field of the year may begin with this character. Commands hardly do, and so are not read as fields
     * first, which costs six times as much as reading the fields that there are.
     */
    static boolean mayBeYear(char first) {
        return first >= '0' && first <= '9' || "*?~,".indexOf(first) >= 0;
    }

    private static boolean canBeRead(Words words, int count, CrontabSyntax syntax) {
        try {
            CronExpression.parse(words.through(count), syntax.dialect(), Seeds.NONE);
            return true;
        } catch (CronSyntaxException e) {
            return false;
        }
    }

    private static EntryLine ofFields(Words words, int count, CrontabSyntax syntax) throws Malformed {
        int wanted = count + (syntax.userColumn() ? 1 : 0);
        boolean hasCommand = words.count() > wanted;
        String schedule = words.through(count);
        String command = hasCommand ? words.from(wanted) : "";
        CronExpression expression;
        try {
            expression = CronExpression.parse(schedule, syntax.dialect(), syntax.seeds().forEntry(command));
        } catch (CronSyntaxException e) {
            throw new Malformed(words.start(0) + e.column(), ofCronSyntax(e));
        }
        if (!hasCommand) {
            String missing = syntax.userColumn() ? "the user or the command is missing" : "the command is missing";
            throw new Malformed(words.end() + 1, missing + "; put it after the time");
        }
        Optional<String> user = syntax.userColumn() ? Optional.of(words.word(count)) : Optional.empty();
        return new EntryLine(expression, words.start(0), user, command);
    }

    private static String ofCronSyntax(CronSyntaxException e) {
        return e.field().map(f -> f.label() + " field: ").orElse("") + e.problem() + "; " + e.remedy();
    }

    /** The first words of a line, as many as an entry can have before its command. */
    private record Words(String line, List<Integer> starts, List<Integer> ends) {

        static Words of(String line, int from) {
            List<Integer> starts = new ArrayList<>(MOST_WORDS);
            List<Integer> ends = new ArrayList<>(MOST_WORDS);
            int at = Assignment.skipBlanks(line, from);
            while (at < line.length() && starts.size() < MOST_WORDS) {
                starts.add(at);
                while (at < line.length() && !Assignment.isBlank(line.charAt(at))) {
                    at++;
                }
                ends.add(at);
                at = Assignment.skipBlanks(line, at);
            }
            if (starts.isEmpty()) {
                starts.add(from);
                ends.add(from);
            }
            return new Words(line, starts, ends);
        }

        int count() {
            return starts.size();
        }

        int start(int word) {
            return starts.get(word);
        }

        int end() {
            return ends.get(ends.size() - 1);
        }

        String word(int word) {
            return line.substring(starts.get(word), ends.get(word));
        }

        String through(int count) {
            return line.substring(starts.get(0), ends.get(Math.min(count, count()) - 1));
        }

        String from(int word) {
            return line.substring(starts.get(word));
        }
    }
}
