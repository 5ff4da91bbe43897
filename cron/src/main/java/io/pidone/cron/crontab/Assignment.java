package io.pidone.cron.crontab;

import io.pidone.cron.expression.Dialect;
import java.util.Optional;

/**
 * A line of a crontab that sets a variable: {@code NAME = value}, the value perhaps in quotes.
 *
 * @param name not empty, without white space
 * @param value without the quotes
 * @param valueOffset where the value, or its quote, begins in the line
 */
record Assignment(String name, String value, int valueOffset) {

    /** The assignment in {@code line} from {@code start} on; empty if it is none. */
    static Optional<Assignment> parse(String line, int start, Dialect dialect) {
        int nameEnd = start;
        while (nameEnd < line.length() && !isBlank(line.charAt(nameEnd)) && line.charAt(nameEnd) != '=') {
            nameEnd++;
        }
        int equals = skipBlanks(line, nameEnd);
        if (nameEnd == start || equals == line.length() || line.charAt(equals) != '=') {
            return Optional.empty();
        }
        int valueAt = skipBlanks(line, equals + 1);
        String value = line.substring(valueAt);
        // Trailing blanks belong to the value for supercronic, not for crontab(5).
        String trimmed = dialect == Dialect.SUPERCRONIC ? value : value.stripTrailing();
        return Optional.of(new Assignment(line.substring(start, nameEnd), unquote(trimmed), valueAt));
    }

    private static String unquote(String value) {
        if (value.length() < 2) {
            return value;
        }
        char first = value.charAt(0);
        boolean quoted = (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Whether a shell could read the variable. */
    boolean hasUsualName() {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' && c != '\u000b';
    }
}
