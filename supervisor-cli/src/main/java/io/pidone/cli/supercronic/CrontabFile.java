package io.pidone.cli.supercronic;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.crontab.Diagnostic;
import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.CronSyntaxException;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The crontab, read as supercronic reads it, and its errors in supercronic's words. */
final class CrontabFile {

    private static final int MOST_SHOWN = 20;
    private static final int LARGEST_SHOWN_BYTES = 1 << 20;
    private static final Pattern WORD = Pattern.compile("[^\\t\\n\\f\\r ]+");
    private static final Pattern ASSIGNMENT = Pattern.compile("[^\\s=]+\\s*=.*");
    private static final Pattern ZONE = Pattern.compile("CRON_TZ\\s*=\\s*[\"']?(.*?)[\"']?");
    private static final int[] FIELD_COUNTS = {7, 6, 5, 1};

    private final String name;
    private final Path path;
    private final Logrus log;

    CrontabFile(String name, Path path, Logrus log) {
        this.name = name;
        this.path = path;
        this.log = log;
    }

    /** Reads it once. */
    Crontab read(CrontabSyntax syntax) throws CrontabException {
        return new CrontabReader(syntax).read(List.of(path));
    }

    Path path() {
        return path;
    }

    /** Says that it is read, and in debugging how; whether that makes sense. */
    boolean begin() {
        log.log(Level.INFO, "read crontab: " + name);
        if (Files.isDirectory(path)) {
            log.log(Level.FATAL, "read " + name + ": is a directory");
            return false;
        }
        trace();
        return true;
    }

    /** Says what is wrong: each error with its place, and then the line that supercronic stops with. */
    void tell(CrontabException e) {
        Diagnostic first = e.errors().get(0);
        if (first.line() > 0) {
            e.errors().stream().limit(MOST_SHOWN).forEach(error -> log.log(Level.ERROR, error.toString()));
            if (e.errors().size() > MOST_SHOWN) {
                log.log(Level.ERROR, "and " + (e.errors().size() - MOST_SHOWN) + " more");
            }
            List<String> lines = lines();
            String line = first.line() <= lines.size() ? lines.get(first.line() - 1).replaceFirst("^[ \\t]+", "") : "";
            Matcher zone = ZONE.matcher(line);
            log.log(Level.FATAL, zone.matches() ? "unknown time zone " + zone.group(1)
                    : "bad crontab line: '" + line + "' (use -debug for details)");
        } else if (!Files.exists(path)) {
            log.log(Level.FATAL, "open " + name + ": no such file or directory");
        } else if (!Files.isReadable(path)) {
            log.log(Level.FATAL, "open " + name + ": permission denied");
        } else {
            log.log(Level.FATAL, first.toString());
        }
    }

    /** Says how each line is tried, where debugging is wanted. */
    private void trace() {
        if (!log.wants(Level.DEBUG)) {
            return;
        }
        for (String line : lines()) {
            String text = line.replaceFirst("^[ \\t]+", "");
            if (!text.isEmpty() && text.charAt(0) != '#' && !ASSIGNMENT.matcher(text).matches() && !canBeRead(text)) {
                return;
            }
        }
    }

    private boolean canBeRead(String line) {
        List<MatchResult> words = WORD.matcher(line).results().limit(FIELD_COUNTS[0] + 1L).toList();
        for (int count : FIELD_COUNTS) {
            if (words.size() > count) {
                String fields = line.substring(0, words.get(count - 1).end());
                String attempt = "parse (" + count + " fields): '" + fields + "'";
                log.log(Level.DEBUG, "try " + attempt);
                try {
                    CronExpression.parse(fields, Dialect.SUPERCRONIC, Seeds.NONE);
                    return true;
                } catch (CronSyntaxException e) {
                    log.log(Level.DEBUG, "failed to " + attempt + ": failed: " + e.getMessage());
                }
            }
        }
        return false;
    }

    private List<String> lines() {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(LARGEST_SHOWN_BYTES), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
