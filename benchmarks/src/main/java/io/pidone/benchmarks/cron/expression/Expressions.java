package io.pidone.benchmarks.cron.expression;

import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.pidone.cron.expression.CronExpression;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/** The same schedule as an expression of each library, ready to be asked. */
record Expressions(
        CronExpression pidone,
        ExecutionTime cronUtils,
        org.quartz.CronExpression quartz,
        org.springframework.scheduling.support.CronExpression spring) {

    /** The schedule on the wall clock of {@code zone}; only Quartz keeps the zone, the others are asked with it. */
    static Expressions of(Notations notations, ZoneId zone) throws ParseException {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(notations.cronUtilsType()));
        org.quartz.CronExpression quartz = new org.quartz.CronExpression(notations.quartz());
        quartz.setTimeZone(TimeZone.getTimeZone(zone));
        return new Expressions(
                CronExpression.parse(notations.pidone()),
                ExecutionTime.forCron(parser.parse(notations.cronUtils())),
                quartz,
                org.springframework.scheduling.support.CronExpression.parse(notations.spring()));
    }

    /**
     * The next fire time after {@code after} by the name of the library.
     *
     * @return empty for a library that knows none
     */
    Map<String, Optional<Instant>> answers(Instant after, ZoneId zone) {
        ZonedDateTime zoned = after.atZone(zone);
        Map<String, Optional<Instant>> answers = new LinkedHashMap<>();
        answers.put("pidone", pidone.nextFireTime(after, zone));
        answers.put("cron-utils", cronUtils.nextExecution(zoned).map(ZonedDateTime::toInstant));
        answers.put("Quartz", Optional.ofNullable(quartz.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant));
        answers.put("Spring", Optional.ofNullable(spring.next(zoned)).map(ZonedDateTime::toInstant));
        return answers;
    }

    /**
     * Makes sure that equal work is compared.
     *
     * @throws IllegalStateException if the libraries answer differently for one of the starting points
     */
    void requireSameAnswers(StartingPoints points) {
        for (Instant after : points.instants()) {
            Map<String, Optional<Instant>> answers = answers(after, points.zone());
            if (answers.values().stream().distinct().count() != 1 || answers.containsValue(Optional.<Instant>empty())) {
                throw new IllegalStateException("after " + after + " in " + points.zone() + ": " + answers);
            }
        }
    }
}
