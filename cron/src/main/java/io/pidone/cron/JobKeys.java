package io.pidone.cron;

import io.pidone.cron.crontab.Entry;
import java.util.List;

/** STUB until the branch lands. */
final class JobKeys {
    private JobKeys() {
    }

    static List<String> of(List<Entry> entries) {
        return entries.stream().map(Entry::label).toList();
    }
}
