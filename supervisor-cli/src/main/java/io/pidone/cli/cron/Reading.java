package io.pidone.cli.cron;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.crontab.Diagnostic;
import io.pidone.cron.expression.Dialect;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how crontabs and expressions are to be read. */
final class Reading {

    @Option(names = "--dialect", paramLabel = "NAME", converter = Values.OfDialect.class, description = {
            "Whose reading counts: pidone (the default), supercronic or cronie."})
    private Dialect dialect = Dialect.PIDONE;

    @Option(names = "--user-column", description = {
            "A user stands between time and command, as in /etc/crontab."})
    private boolean userColumn;

    Dialect dialect() {
        return dialect;
    }

    boolean userColumn() {
        return userColumn;
    }

    /** Reads crontabs; empty if they cannot be used, and {@code complaints} got every error, and every warning too. */
    Optional<Crontab> read(List<String> files, LineOutput complaints) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String file : files) {
            try {
                paths.add(Path.of(file));
            } catch (InvalidPathException e) {
                complaints.line(file + ": cannot be read: the locale has no such name; set LC_ALL=C.UTF-8");
            }
        }
        try {
            Crontab crontab = new CrontabReader(CrontabSyntax.of(dialect).withUserColumn(userColumn)).read(paths);
            warn(crontab.warnings(), complaints);
            return paths.size() == files.size() ? Optional.of(crontab) : Optional.empty();
        } catch (CrontabException e) {
            for (Diagnostic error : e.errors()) {
                complaints.line(error.toString());
            }
            warn(e.warnings(), complaints);
            return Optional.empty();
        } finally {
            complaints.flush();
        }
    }

    private static void warn(List<Diagnostic> warnings, LineOutput complaints) throws IOException {
        for (Diagnostic warning : warnings) {
            Diagnostic marked = new Diagnostic(warning.file(), warning.line(), warning.column(),
                    "warning: " + warning.message());
            complaints.line(marked.toString());
        }
    }
}
