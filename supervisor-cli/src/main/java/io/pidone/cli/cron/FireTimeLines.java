package io.pidone.cli.cron;

import io.pidone.cron.crontab.Entry;
import io.pidone.cron.expression.CronExpression;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Writes the fire times after a moment, a line each; {@code none} stands for an expression that has none. Only one time
 * of each entry is in memory.
 *
 * @param after where to start
 * @param count how many fire times of each expression
 * @param zone the wall clock of those that do not name one
 */
record FireTimeLines(Instant after, int count, ZoneId zone) {

    static final String NONE = "none";

    private record Coming(Instant time, int order, int left, Entry entry) {
    }

    /** The fire times of one expression. */
    void write(CronExpression expression, LineOutput out) throws IOException {
        Optional<Instant> time = expression.nextFireTime(after, zone);
        if (time.isEmpty()) {
            out.line(NONE);
        }
        for (int left = count; time.isPresent() && left > 0; left--) {
            out.line(TimeText.format(time.get(), zone));
            time = left > 1 ? expression.nextFireTime(time.get(), zone) : Optional.empty();
        }
    }

    /** The fire times of all entries, earliest first, each with its entry's label; at last the entries without one. */
    void write(List<Entry> entries, LineOutput out) throws IOException {
        PriorityQueue<Coming> queue = new PriorityQueue<>(
                Comparator.comparing(Coming::time).thenComparingInt(Coming::order));
        List<Entry> silent = new ArrayList<>();
        for (int order = 0; order < entries.size(); order++) {
            Entry entry = entries.get(order);
            Optional<Instant> first = entry.schedule().nextFireTime(after, zoneOf(entry));
            if (first.isPresent()) {
                queue.add(new Coming(first.get(), order, count, entry));
            } else {
                silent.add(entry);
            }
        }
        for (Coming coming; (coming = queue.poll()) != null; ) {
            Entry entry = coming.entry();
            out.line(TimeText.format(coming.time(), zoneOf(entry)) + '\t' + entry.label());
            Optional<Instant> next = coming.left() > 1
                    ? entry.schedule().nextFireTime(coming.time(), zoneOf(entry)) : Optional.empty();
            if (next.isPresent()) {
                queue.add(new Coming(next.get(), coming.order(), coming.left() - 1, entry));
            }
        }
        for (Entry entry : silent) {
            out.line(NONE + '\t' + entry.label());
        }
    }

    private ZoneId zoneOf(Entry entry) {
        return entry.zone().orElse(zone);
    }
}
