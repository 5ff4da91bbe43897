package io.pidone.benchmarks.cron.expression;

import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.pidone.cron.expression.CronExpression;
import java.text.ParseException;
import java.time.ZoneOffset;
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
 * From the text of an expression to what can be asked for fire times: pidone beside cron-utils, Quartz and Spring.
 *
 * <pre>benchmarks/run standard CronParse</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class CronParseBenchmark {

    /** The same as those of {@link NextFireTimeBenchmark}. */
    @Param({"* * * * *", "*/5 * * * *", "0 3 * * *", "30 2 * * MON-FRI", "0 0 29 2 *", "0 0 L * *"})
    private String expression;

    private Notations notations;
    /** Made once, as its documentation advises. */
    private CronParser cronUtilsParser;

    @Setup
    public void requireSameAnswers() throws ParseException {
        notations = Notations.of(expression);
        cronUtilsParser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(notations.cronUtilsType()));
        Expressions.of(notations, ZoneOffset.UTC).requireSameAnswers(StartingPoints.in(ZoneOffset.UTC));
    }

    @Benchmark
    public CronExpression pidone() {
        return CronExpression.parse(notations.pidone());
    }

    @Benchmark
    public ExecutionTime cronUtils() {
        return ExecutionTime.forCron(cronUtilsParser.parse(notations.cronUtils()));
    }

    @Benchmark
    public org.quartz.CronExpression quartz() throws ParseException {
        return new org.quartz.CronExpression(notations.quartz());
    }

    @Benchmark
    public org.springframework.scheduling.support.CronExpression spring() {
        return org.springframework.scheduling.support.CronExpression.parse(notations.spring());
    }
}
