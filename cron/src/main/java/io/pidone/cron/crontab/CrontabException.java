package io.pidone.cron.crontab;

import java.util.List;
import java.util.stream.Collectors;

/** Crontabs that cannot be used, with every error in them. */
public final class CrontabException extends Exception {

    private final transient List<Diagnostic> errors;
    private final transient List<Diagnostic> warnings;

    CrontabException(List<Diagnostic> errors, List<Diagnostic> warnings) {
        super(errors.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
        this.warnings = List.copyOf(warnings);
    }

    /** The errors, at least one, in the order of files and lines. */
    public List<Diagnostic> errors() {
        return errors;
    }

    /** What is allowed but hardly meant in the same files, as {@link Crontab#warnings()} would say it. */
    public List<Diagnostic> warnings() {
        return warnings;
    }
}
