package io.pidone.cron.schedule;

import io.pidone.cron.expression.CronExpression;
import java.time.ZoneId;

/**
 * What is run at which times.
 *
 * @param key what it is known by across reloads and restarts; unique among the jobs of a scheduler
 * @param name what people and logs call it
 * @param origin where it comes from, {@code file:line}; empty if not from a file
 * @param position its place among the jobs, 0 is the first
 * @param schedule when it runs
 * @param zone on which wall clock
 * @param work what is run
 * @param settings how it is run
 */
public record Job(
        String key,
        String name,
        String origin,
        int position,
        CronExpression schedule,
        ZoneId zone,
        Work work,
        EntrySettings settings) {
}
