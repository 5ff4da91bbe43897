package io.pidone.cron;

import io.pidone.cron.schedule.History;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What is remembered of jobs in a directory, across restarts.
 *
 * <p>A fire time is on disk some milliseconds after it came, or after a short pause when much happens at once, see
 * {@link StateWriter}; what a process fired in these milliseconds before it was killed, it may make up for at its next
 * start. Measured with JDK 25, two shared cores and a virtual disk: 100 jobs have 37 KB and are on disk after 5.5 ms
 * (median), 10 000 jobs 3.7 MB after 39 ms; at 10 000 fire times a second the file is written eight times a second, for
 * 12 % of a core.
 *
 * <p>A job that no crontab has any more is remembered for 30 days, and at most 10 000 such jobs are.
 *
 * <p>Nothing that is wrong with the directory stops a job: it is told once, and tried again.
 *
 * <p>The methods of {@link History} belong to the scheduler's thread and never wait for the disk; {@link #state} is for
 * any thread. Events come from the thread of the writer, and from that of {@link #open}.
 */
public final class StateFile implements History, AutoCloseable {

    /** A job that was commented out, or a crontab that was away for a holiday, finds its history again. */
    static final Duration ABSENT_KEPT = Duration.ofDays(30);

    /** Crontabs that are made by programs may name each job anew; the file stays below twice its size of need. */
    static final int MOST_ABSENT = 10_000;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final StateDirectory directory;
    private final ConcurrentNavigableMap<String, JobState> jobs = new ConcurrentSkipListMap<>();
    private final EventSink sink;
    private final StateWriter writer;

    private StateFile(Path directory, EventSink sink, StateWriter.Pace pace) {
        this.directory = new StateDirectory(directory);
        this.sink = sink;
        Map<String, JobState> all = Collections.unmodifiableMap(jobs);
        writer = new StateWriter(() -> this.directory.replace(all), this.directory.file(), sink, pace);
    }

    /**
     * Opens the state in a directory, which is created if it is missing.
     *
     * @param sink is told on this thread, and later on the writer's
     * @throws StateInUseException if another process has it; everything else that is wrong is told and survived
     */
    public static StateFile open(Path directory, Instant now, EventSink sink) throws StateInUseException {
        return open(directory, now, sink, StateWriter.Pace.DEFAULT);
    }

    static StateFile open(Path directory, Instant now, EventSink sink, StateWriter.Pace pace)
            throws StateInUseException {
        StateFile state = new StateFile(directory, sink, pace);
        boolean claimed = true;
        try {
            state.directory.claim();
        } catch (StateInUseException e) {
            throw e;
        } catch (IOException e) {
            claimed = false;
        }
        state.read(now);
        state.writer.start();
        if (!claimed) {
            // It may have been readable all the same. That it cannot be written is told now, not with the first run.
            state.writer.changed();
        }
        return state;
    }

    private void read(Instant now) {
        try {
            Optional<byte[]> bytes = directory.read();
            if (bytes.isPresent()) {
                jobs.putAll(StateFormat.read(bytes.get()));
            }
        } catch (StateFormat.CorruptException e) {
            setAside(e.getMessage());
        } catch (IOException e) {
            setAside(StateWriter.reason(e));
        }
        ignoreFuture(now);
    }

    private void setAside(String why) {
        String kept;
        try {
            kept = "it is kept as " + directory.setAside();
        } catch (IOException e) {
            kept = "it could not be kept aside: " + StateWriter.reason(e);
        }
        sink.accept(new Event.Degraded("the state in " + directory.file() + " cannot be used: " + why + "; " + kept
                + ", and a new one begins: nothing that was missed before is made up for"));
    }

    private void ignoreFuture(Instant now) {
        List<String> future = jobs.entrySet().stream().filter(job -> job.getValue().isAfter(now)).map(Map.Entry::getKey)
                .toList();
        if (future.isEmpty()) {
            return;
        }
        future.forEach(key -> jobs.computeIfPresent(key, (same, job) -> job.knownAt(now)));
        sink.accept(new Event.Degraded("the state in " + directory.file() + " has times after " + now + " for "
                + future.size() + (future.size() == 1 ? " job, " : " jobs, ") + future.get(0) + " the first; the clock"
                + " was set back since; these times are left out, so what passed before now is not made up for"));
    }

    /** What is remembered of the job with this key; empty if nothing is. */
    public Optional<JobState> state(String key) {
        return Optional.ofNullable(jobs.get(key));
    }

    @Override
    public void replaceJobs(Collection<Job> wanted, Instant now) {
        boolean changed = false;
        Set<String> keys = new HashSet<>();
        for (Job job : wanted) {
            keys.add(job.key());
            JobState known = jobs.get(job.key());
            String schedule = job.schedule().text();
            JobState present = known == null ? JobState.firstSeen(schedule, now) : known.present(schedule, now);
            changed |= present != known;
            jobs.put(job.key(), present);
        }
        for (Map.Entry<String, JobState> job : jobs.entrySet()) {
            Optional<Instant> since = job.getValue().absentSince();
            if (keys.contains(job.getKey())) {
                continue;
            }
            if (since.isEmpty()) {
                jobs.put(job.getKey(), job.getValue().absent(now));
                changed = true;
            } else if (since.get().isBefore(now.minus(ABSENT_KEPT))) {
                jobs.remove(job.getKey());
                changed = true;
            }
        }
        changed |= forgetLongestAbsent(jobs.size() - keys.size() - MOST_ABSENT);
        if (changed) {
            writer.changed();
        }
    }

    private boolean forgetLongestAbsent(int count) {
        if (count <= 0) {
            return false;
        }
        jobs.entrySet().stream().filter(job -> job.getValue().absentSince().isPresent())
                .sorted(Comparator.comparing(job -> job.getValue().absentSince().get()))
                .limit(count).map(Map.Entry::getKey).toList().forEach(jobs::remove);
        return true;
    }

    @Override
    public Optional<Instant> lastFireTime(Job job) {
        return state(job.key()).map(JobState::since);
    }

    @Override
    public long runs(Job job) {
        return state(job.key()).map(JobState::runs).orElse(0L);
    }

    @Override
    public void fired(Job job, Instant fireTime) {
        put(job, known(job, fireTime).fired(fireTime));
    }

    @Override
    public void began(Run run) {
        put(run.job(), known(run.job(), run.startedAt()).began(run));
    }

    @Override
    public void ended(Run run, RunOutcome outcome) {
        put(run.job(), known(run.job(), run.startedAt()).ended(run, outcome));
    }

    private JobState known(Job job, Instant now) {
        JobState known = jobs.get(job.key());
        return known != null ? known : JobState.firstSeen(job.schedule().text(), now);
    }

    private void put(Job job, JobState changed) {
        jobs.put(job.key(), changed);
        writer.changed();
    }

    /** How many changes were recorded. */
    long changes() {
        return writer.changes();
    }

    /** How many of them, the first ones, are on disk. */
    long saved() {
        return writer.saved();
    }

    /** How often the file was written. */
    long saves() {
        return writer.saves();
    }

    /**
     * Writes what is not on disk yet.
     *
     * @return whether all that was recorded before the call is on disk, within {@code limit}
     */
    public boolean flush(Duration limit) {
        return writer.flush(limit);
    }

    /** Writes what is not on disk yet, for at most two seconds, and lets others have the directory. */
    @Override
    public void close() {
        writer.flush(CLOSE_LIMIT);
        if (writer.close(CLOSE_LIMIT)) {
            try {
                directory.release();
            } catch (IOException e) {
                // The end of the process releases it.
            }
        }
    }
}
