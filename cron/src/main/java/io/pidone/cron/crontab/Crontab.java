package io.pidone.cron.crontab;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one or several crontab files hold.
 *
 * @param entries in the order of files and lines
 * @param environment the variables that hold at the end of the last file
 * @param zone the {@code CRON_TZ} that holds at the end of the last file; empty: the system's
 * @param warnings what is allowed but hardly meant, such as an entry that never fires
 */
public record Crontab(
        List<Entry> entries,
        Map<String, String> environment,
        Optional<ZoneId> zone,
        List<Diagnostic> warnings) {

    /** The shell that holds at the end of the last file. */
    public String shell() {
        return environment.getOrDefault("SHELL", "/bin/sh");
    }

    /** The entry with this {@link Entry#label()}; the first, if several files have a line of that label. */
    public Optional<Entry> entry(String label) {
        return entries.stream().filter(e -> e.label().equals(label)).findFirst();
    }
}
