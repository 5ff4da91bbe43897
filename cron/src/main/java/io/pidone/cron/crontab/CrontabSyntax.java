package io.pidone.cron.crontab;

import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.Seeds;
import io.pidone.cron.schedule.EntrySettings;

/**
 * How crontabs are to be read.
 *
 * <p>Variables hold for the entries after them; in the dialect of supercronic for all entries of the file, and the last
 * assignment wins.
 *
 * @param dialect of the expressions, and of the reach of variables
 * @param userColumn whether a user stands between the time and the command, as in {@code /etc/crontab}
 * @param percent whether {@code %} in a command means a new line, the first one the start of its standard input, see
 *     crontab(5); {@code \%} is then a percent sign
 * @param defaults the settings of entries that do not say otherwise
 * @param seeds for {@code H} and {@code ~}; each entry gets its own by its command
 */
public record CrontabSyntax(
        Dialect dialect, boolean userColumn, boolean percent, EntrySettings defaults, Seeds seeds) {

    /** No user column, default settings, seeds of zero; {@code %} only in the dialect of cronie. */
    public static CrontabSyntax of(Dialect dialect) {
        return new CrontabSyntax(dialect, false, dialect == Dialect.CRONIE, EntrySettings.DEFAULT, Seeds.NONE);
    }

    public CrontabSyntax withUserColumn(boolean changed) {
        return new CrontabSyntax(dialect, changed, percent, defaults, seeds);
    }

    public CrontabSyntax withPercent(boolean changed) {
        return new CrontabSyntax(dialect, userColumn, changed, defaults, seeds);
    }

    public CrontabSyntax withDefaults(EntrySettings changed) {
        return new CrontabSyntax(dialect, userColumn, percent, changed, seeds);
    }

    public CrontabSyntax withSeeds(Seeds changed) {
        return new CrontabSyntax(dialect, userColumn, percent, defaults, changed);
    }
}
