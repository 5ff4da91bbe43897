package io.pidone.cron.crontab;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.schedule.EntrySettings;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a crontab that runs a command.
 *
 * @param file the file as it was named
 * @param line the line in the file, 1 is the first
 * @param position the place among the entries of the file, 0 is the first
 * @param name what {@code PIDONE_NAME} right above calls it; empty: it has none
 * @param schedule when it runs
 * @param zone on which wall clock, by {@code CRON_TZ}; empty: the system's
 * @param user who runs it, if the crontab has a column for that
 * @param command what the shell runs
 * @param input what the command reads from its standard input, the part after the first {@code %}; empty: nothing
 * @param environment the crontab's variables that hold for it, in the order of the file; never {@code PIDONE_*}
 * @param settings how it is run
 */
public record Entry(
        String file,
        int line,
        int position,
        Optional<String> name,
        CronExpression schedule,
        Optional<ZoneId> zone,
        Optional<String> user,
        String command,
        Optional<String> input,
        Map<String, String> environment,
        EntrySettings settings) {

    private static final String DEFAULT_SHELL = "/bin/sh";

    /** The shell that runs the command: the variable {@code SHELL}, or {@code /bin/sh}. */
    public String shell() {
        return environment.getOrDefault("SHELL", DEFAULT_SHELL);
    }

    /** The name, or the file's name and the line: {@code crontab:3}. */
    public String label() {
        return name.orElseGet(() -> file.substring(file.lastIndexOf('/') + 1) + ":" + line);
    }
}
