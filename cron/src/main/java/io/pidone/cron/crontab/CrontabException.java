package io.pidone.cron.crontab;

import java.util.List;
import java.util.stream.Collectors;

/** Crontabs that cannot be used, with every error in them. */
public final class CrontabException extends Exception {

    private final transient List<Diagnostic> errors;

    CrontabException(List<Diagnostic> errors) {
        super(errors.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** The errors, at least one, in the order of files and lines. */
    public List<Diagnostic> errors() {
        return errors;
    }
}
