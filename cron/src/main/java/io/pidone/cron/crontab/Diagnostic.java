package io.pidone.cron.crontab;

/**
 * Something to say about a place in a crontab: an error, or a warning.
 *
 * @param file the file as it was named
 * @param line 1 is the first; 0 if the file as a whole is meant
 * @param column in UTF-16 units, 1 is the first; 0 if the line or the file as a whole is meant
 * @param message what is wrong and what would be right, one line
 */
public record Diagnostic(String file, int line, int column, String message) {

    /** As compilers print it: {@code file:line:column: message}. */
    @Override
    public String toString() {
        StringBuilder place = new StringBuilder(file);
        if (line > 0) {
            place.append(':').append(line);
        }
        if (column > 0) {
            place.append(':').append(column);
        }
        return place.append(": ").append(message).toString();
    }
}
