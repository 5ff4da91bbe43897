package io.pidone.cli.supercronic;

import io.pidone.cron.Channel;
import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a message is about, by keys.
 *
 * @param values texts and whole numbers, in the order of their keys, all of which come before {@code level}: so logrus
 *     sorts them, in text and in JSON
 */
record Fields(Map<String, Object> values) {

    static final Fields NONE = new Fields(Map.of());

    /** A job as a whole. */
    static Fields of(Job job) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, job);
        return new Fields(values);
    }

    /** A job that is to be. */
    static Fields of(Entry entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, entry.command(), entry.position(), entry.schedule().text());
        return new Fields(values);
    }

    /** A run: {@code iteration} counts the runs of the job in this process, 0 is the first. */
    static Fields of(Run run) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, run);
        return new Fields(values);
    }

    /** What a run wrote. */
    static Fields of(Run run, Channel channel) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("channel", channel.toString());
        put(values, run);
        return new Fields(values);
    }

    private static void put(Map<String, Object> values, Run run) {
        values.put("iteration", run.number() - 1);
        put(values, run.job());
    }

    private static void put(Map<String, Object> values, Job job) {
        put(values, job.work().description(), job.position(), job.schedule().text());
    }

    private static void put(Map<String, Object> values, String command, int position, String schedule) {
        values.put("job.command", command);
        values.put("job.position", position);
        values.put("job.schedule", schedule);
    }
}
