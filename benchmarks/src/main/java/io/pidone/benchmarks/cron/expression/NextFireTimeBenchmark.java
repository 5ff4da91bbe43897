package io.pidone.benchmarks.cron.expression;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * When an entry fires next, asked from seconds all over four years: pidone beside cron-utils, Quartz and Spring. They
 * must agree on every answer before anything is measured.
 *
 * <pre>benchmarks/run standard NextFireTime</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class NextFireTimeBenchmark {

    /** The five fields of a crontab; the last two: a leap day, the last day of a month. */
    @Param({"* * * * *", "*/5 * * * *", "0 3 * * *", "30 2 * * MON-FRI", "0 0 29 2 *", "0 0 L * *"})
    private String expression;

    @Param({"UTC", "Europe/Berlin"})
    private String zone;

    private ZoneId zoneId;
    private Expressions expressions;
    private StartingPoints points;
    private int point;

    @Setup
    public void requireSameAnswers() throws ParseException {
        zoneId = ZoneId.of(zone);
        points = StartingPoints.in(zoneId);
        expressions = Expressions.of(Notations.of(expression), zoneId);
        expressions.requireSameAnswers(points);
    }

    private int nextPoint() {
        point = StartingPoints.after(point);
        return point;
    }

    @Benchmark
    public Optional<Instant> pidone() {
        return expressions.pidone().nextFireTime(points.instants()[nextPoint()], zoneId);
    }

    @Benchmark
    public Optional<ZonedDateTime> cronUtils() {
        return expressions.cronUtils().nextExecution(points.zoned()[nextPoint()]);
    }

    @Benchmark
    public Date quartz() {
        return expressions.quartz().getNextValidTimeAfter(points.dates()[nextPoint()]);
    }

    @Benchmark
    public ZonedDateTime spring() {
        return expressions.spring().next(points.zoned()[nextPoint()]);
    }
}
