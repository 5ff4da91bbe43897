package io.pidone.cron.expression;

import java.util.Optional;

/** An expression that cannot be read: where, why, and what would be right. */
public final class CronSyntaxException extends IllegalArgumentException {

    private static final int SHOWN_CHARS = 40;

    private final transient Optional<Field> field;
    private final int column;
    private final String problem;
    private final String remedy;

    CronSyntaxException(Optional<Field> field, int column, String problem, String remedy) {
        super(field.map(f -> f.label() + " field, ").orElse("") + "column " + column + ": " + problem + "; " + remedy);
        this.field = field;
        this.column = column;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The field at fault; empty if the expression as a whole is. */
    public Optional<Field> field() {
        return field;
    }

    /** The column in the expression, in UTF-16 units, 1 is the first. */
    public int column() {
        return column;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** What would be right. */
    public String remedy() {
        return remedy;
    }

    /** {@code text} in quotes, shortened and without control characters, so that a message stays one short line. */
    static String quote(String text) {
        String shown = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
