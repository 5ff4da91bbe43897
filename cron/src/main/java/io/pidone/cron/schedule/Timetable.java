package io.pidone.cron.schedule;

import io.pidone.cron.expression.CronExpression;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Which job is due when, by absolute times of the wall clock, so that a late look and a clock that was set are
 * recognised.
 *
 * <p>A fire time that is at most a minute late is served, each one. Older ones are misfires, and at most one run makes
 * up for them: for a job at fixed times if the last of them is at most three hours old, as cron(8) does after the clock
 * was put forward, and for one with catch-up within that bound. A job with a wildcard follows the clock.
 *
 * <p>When the clock is put back by at most three hours, a job at fixed times does not run again at times that it has
 * seen; all others, and all after a bigger step, start from the new time, see cron(8).
 */
final class Timetable {

    /** Told of what is due. */
    interface Listener {

        void due(Job job, Instant fireTime);

        void misfired(Job job, int missed, Instant first, Instant last, boolean madeUp);
    }

    /** Quartz has the same threshold; a loop that is held up for longer has met something worth a word. */
    static final Duration LATE = Duration.ofMinutes(1);

    /** What cron(8) takes for daylight saving or a small correction. */
    static final Duration CORRECTION = Duration.ofHours(3);

    /** More are not counted one by one: an entry of every second misses 86 400 in a night's sleep. */
    private static final int MOST_COUNTED = 100_000;

    private static final class Row {

        private final Job job;
        private final long order;
        private Instant next;
        private boolean removed;

        private Row(Job job, long order, Instant next) {
            this.job = job;
            this.order = order;
            this.next = next;
        }

        private boolean followsClock() {
            return job.schedule().followsClock() || job.schedule().interval().isPresent();
        }

        private Optional<Instant> after(Instant time) {
            return job.schedule().nextFireTime(time, job.zone());
        }
    }

    private final PriorityQueue<Row> queue = new PriorityQueue<>((a, b) -> {
        // Fire times are whole seconds.
        int byTime = Long.compare(a.next.getEpochSecond(), b.next.getEpochSecond());
        return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    });
    private final Map<String, Row> rows = new HashMap<>();
    private long added;

    /** Adds a job, or replaces the one with its key; its first fire time is after {@code from}. */
    void put(Job job, Instant from) {
        remove(job.key());
        Row row = new Row(job, added++, null);
        row.after(from).ifPresent(next -> enqueue(row, next));
    }

    void remove(String key) {
        Row row = rows.remove(key);
        if (row != null) {
            row.removed = true;
        }
    }

    private void enqueue(Row row, Instant next) {
        row.next = next;
        rows.put(row.job.key(), row);
        queue.add(row);
    }

    /** The next fire time of a job; empty if it has none. */
    Optional<Instant> next(String key) {
        return Optional.ofNullable(rows.get(key)).map(row -> row.next);
    }

    /** The first fire time of all. */
    Optional<Instant> next() {
        while (!queue.isEmpty() && queue.peek().removed) {
            queue.poll();
        }
        return Optional.ofNullable(queue.peek()).map(row -> row.next);
    }

    /** Serves everything that is due at {@code now}, in the order of time, then of adding. */
    void serve(Instant now, Listener listener) {
        for (Optional<Instant> head = next(); head.isPresent() && !head.get().isAfter(now); head = next()) {
            Row row = queue.poll();
            Instant due = row.next;
            if (due.isBefore(now.minus(LATE))) {
                misfire(row, now, listener);
            } else {
                row.after(due).ifPresentOrElse(next -> advance(row, next), () -> rows.remove(row.job.key()));
                listener.due(row.job, due);
            }
        }
    }

    private void advance(Row row, Instant next) {
        row.next = next;
        queue.add(row);
    }

    /** Counts what is too late, and puts the row to the first time that is not. */
    private void misfire(Row row, Instant now, Listener listener) {
        Instant first = row.next;
        Instant last = first;
        Instant oldest = now.minus(LATE);
        int missed = 0;
        Optional<Instant> time = Optional.of(first);
        while (time.isPresent() && time.get().isBefore(oldest) && missed < MOST_COUNTED) {
            last = time.get();
            missed++;
            time = row.after(last);
        }
        if (time.isPresent() && time.get().isBefore(oldest)) {
            last = row.job.schedule().previousFireTime(oldest, row.job.zone()).orElse(last);
            time = row.after(last);
        }
        boolean onTimeFollows = time.isPresent() && !time.get().isAfter(now);
        boolean madeUp = !onTimeFollows && makesUp(row, Duration.between(last, now));
        time.ifPresentOrElse(next -> advance(row, next), () -> rows.remove(row.job.key()));
        listener.misfired(row.job, missed, first, last, madeUp);
        if (madeUp) {
            listener.due(row.job, last);
        }
    }

    private static boolean makesUp(Row row, Duration age) {
        boolean caughtUp = row.job.settings().catchUp().filter(bound -> age.compareTo(bound) <= 0).isPresent();
        return caughtUp || !row.followsClock() && age.compareTo(CORRECTION) <= 0;
    }

    /** The wall clock was set back by {@code step}: what lies ahead may have come nearer. */
    void clockSetBack(Duration step, Instant now) {
        boolean correction = step.compareTo(CORRECTION) <= 0;
        for (Row row : rows.values().toArray(Row[]::new)) {
            if (row.followsClock() || !correction) {
                put(row.job, now);
            }
        }
    }

    /** How a fire time was missed while nothing ran: between {@code last} and {@code now}. */
    static Optional<Missed> missed(Job job, Instant last, Instant now) {
        CronExpression schedule = job.schedule();
        Optional<Instant> first = schedule.nextFireTime(last, job.zone()).filter(time -> !time.isAfter(now));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int count = 0;
        Instant latest = first.get();
        for (Optional<Instant> time = first; time.isPresent() && !time.get().isAfter(now) && count < MOST_COUNTED;
                time = schedule.nextFireTime(latest, job.zone())) {
            latest = time.get();
            count++;
        }
        if (count == MOST_COUNTED && schedule.interval().isEmpty()) {
            latest = schedule.previousFireTime(now, job.zone()).orElse(latest);
        }
        return Optional.of(new Missed(count, first.get(), latest));
    }

    /** Fire times without a run: how many, the first and the last. */
    record Missed(int count, Instant first, Instant last) {
    }
}
