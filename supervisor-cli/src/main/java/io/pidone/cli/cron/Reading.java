package io.pidone.cli.cron;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.crontab.Diagnostic;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.Seeds;
import io.pidone.cron.schedule.EntrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how crontabs and expressions are to be read. */
final class Reading {

    private static final long RANDOM = new SecureRandom().nextLong();

    @Option(names = "--dialect", paramLabel = "NAME", converter = Values.OfDialect.class, description = {
            "Whose reading counts: pidone (the default), supercronic or cronie."})
    private Dialect dialect = Dialect.PIDONE;

    @Option(names = "--user-column", description = {
            "A user stands between time and command, as in /etc/crontab."})
    private boolean userColumn;

    @Option(names = "--hash-seed", paramLabel = "TEXT", description = {
            "What H in an expression is hashed from, with the command; default: the host's name."})
    private String hashSeed;

    Dialect dialect() {
        return dialect;
    }

    /** How crontabs are read; {@code ~} is drawn once for the life of the process. */
    CrontabSyntax syntax(EntrySettings defaults) {
        return CrontabSyntax.of(dialect).withUserColumn(userColumn).withDefaults(defaults)
                .withSeeds(new Seeds(Seeds.NONE.forEntry(hashSeed == null ? hostName() : hashSeed).hash(), RANDOM));
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    boolean userColumn() {
        return userColumn;
    }

    /** Reads crontabs; empty if they cannot be used, and {@code complaints} got every error, and every warning too. */
    Optional<Crontab> read(List<String> files, LineOutput complaints) throws IOException {
        List<Path> paths = paths(files, complaints);
        try {
            Crontab crontab = new CrontabReader(syntax(EntrySettings.DEFAULT)).read(paths);
            warn(crontab.warnings(), complaints);
            return paths.size() == files.size() ? Optional.of(crontab) : Optional.empty();
        } catch (CrontabException e) {
            complain(e, complaints);
            return Optional.empty();
        } finally {
            complaints.flush();
        }
    }

    /** Files by their names; one that the locale cannot name is said and left out. */
    static List<Path> paths(List<String> files, LineOutput complaints) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String file : files) {
            try {
                paths.add(Path.of(file));
            } catch (InvalidPathException e) {
                complaints.line(file + ": cannot be read: the locale has no such name; set LC_ALL=C.UTF-8");
            }
        }
        return paths;
    }

    /** Says every error, and every warning too. */
    static void complain(CrontabException e, LineOutput complaints) throws IOException {
        for (Diagnostic error : e.errors()) {
            complaints.line(error.toString());
        }
        warn(e.warnings(), complaints);
    }

    private static void warn(List<Diagnostic> warnings, LineOutput complaints) throws IOException {
        for (Diagnostic warning : warnings) {
            Diagnostic marked = new Diagnostic(warning.file(), warning.line(), warning.column(),
                    "warning: " + warning.message());
            complaints.line(marked.toString());
        }
    }
}
