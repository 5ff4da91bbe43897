package io.pidone.benchmarks.cron.crontab;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.CrontabReader;
import io.pidone.cron.crontab.CrontabSyntax;
import io.pidone.cron.expression.Dialect;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * From the text of a long crontab to its entries. The baseline only takes the text apart, into lines and words.
 *
 * <pre>benchmarks/run standard CrontabParse</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class CrontabParseBenchmark {

    @Param("10000")
    private int entries;

    /** cronie has five fields; of the others an entry has five, six or seven, and which is to be found out. */
    @Param
    private Dialect dialect;

    private CrontabReader reader;
    private String text;

    @Setup
    public void requireEveryEntry() throws CrontabException {
        text = CrontabText.of(entries);
        reader = new CrontabReader(CrontabSyntax.of(dialect));
        int found = pidone().entries().size();
        if (found != entries) {
            throw new IllegalStateException(found + " entries instead of " + entries);
        }
    }

    @Benchmark
    public Crontab pidone() throws CrontabException {
        return reader.parse("crontab", text);
    }

    @Benchmark
    public void split(Blackhole words) {
        for (String line : text.split("\n")) {
            words.consume(line.split(" "));
        }
    }
}
