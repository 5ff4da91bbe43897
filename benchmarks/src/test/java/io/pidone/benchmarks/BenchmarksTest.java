package io.pidone.benchmarks;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import static org.assertj.core.api.Assertions.assertThat;

/** Every benchmark starts, with all of its parameters, and its result is kept. */
class BenchmarksTest {

    private static final String COMMIT = "0123456789ab";
    private static final int EXPRESSIONS = 6;
    private static final int ZONES = 2;
    private static final int LIBRARIES = 4;
    private static final int DIALECTS = 3;

    @Test
    void shouldRunEachBenchmarkForOneIteration(@TempDir Path directory) throws Exception {
        Collection<RunResult> runs = Benchmarks.run(briefly(), 1);
        assertThat(runs.stream().map(r -> r.getParams().getBenchmark()).distinct())
                .containsExactlyInAnyOrderElementsOf(benchmarks());
        assertThat(runs).hasSize(LIBRARIES * EXPRESSIONS * (ZONES + 1) + 2 * DIALECTS);
        assertThat(runs).allSatisfy(r -> {
            assertThat(r.getPrimaryResult().getScore()).isPositive();
            assertThat(r.getSecondaryResults()).containsKey(Results.ALLOCATED);
        });

        Machine machine = Machine.read(Path.of("/proc"), System::getProperty, COMMIT);
        List<Path> pages = new Results(machine, Preset.QUICK, List.of("a", "b"), runs).write(directory);
        assertThat(pages).hasSize(3);
        assertThat(pages.get(2)).content()
                .contains("# NextFireTimeBenchmark\n", "| `benchmarks/run quick a b` |", "| " + COMMIT + " |",
                        System.getProperty("java.runtime.version"),
                        "| expression | zone | pidone, ns/op | cronUtils | quartz | spring | B/op: pidone |")
                .containsPattern("\\| `0 0 L \\* \\*` \\| `UTC` \\| [0-9.,]+ to [0-9.,]+ \\|"
                        + "( [0-9.,]+x \\|){3}( [0-9,]+ \\|){4}\n");
        String json = Files.readString(Path.of(pages.get(2).toString().replace(".md", ".json")));
        assertThat(json.lines()).hasSize(LIBRARIES * EXPRESSIONS * ZONES);
        assertThat(json).startsWith("[").endsWith("]\n").contains("\"rawData\"")
                .doesNotContain(System.getProperty("java.home"));
    }

    @Test
    void shouldPutTheRoundsTogether() throws RunnerException {
        Collection<RunResult> runs = Benchmarks.run(briefly().include("CrontabParseBenchmark.split"), 2);
        assertThat(runs).hasSize(DIALECTS).allSatisfy(r -> {
            assertThat(r.getBenchmarkResults()).hasSize(2);
            assertThat(r.getPrimaryResult().getStatistics().getN()).isEqualTo(2);
        });
    }

    private static ChainedOptionsBuilder briefly() {
        return new OptionsBuilder().forks(0).verbosity(VerboseMode.SILENT)
                .param("entries", "100")
                .warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(10));
    }

    /** By the compiled classes, not by the list that JMH made while they were compiled. */
    private static List<String> benchmarks() throws Exception {
        Path classes = Path.of(Benchmarks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> found;
        try (Stream<Path> files = Files.walk(classes)) {
            found = files.map(f -> classes.relativize(f).toString()).filter(f -> f.endsWith("Benchmark.class"))
                    .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.')).toList();
        }
        assertThat(found).hasSize(3);
        Stream.Builder<String> names = Stream.builder();
        for (String type : found) {
            Arrays.stream(Class.forName(type).getMethods()).filter(m -> m.isAnnotationPresent(Benchmark.class))
                    .map(Method::getName).forEach(m -> names.add(type + "." + m));
        }
        return names.build().toList();
    }
}
