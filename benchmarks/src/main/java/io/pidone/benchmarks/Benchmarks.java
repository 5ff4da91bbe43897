package io.pidone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;

/**
 * Runs the benchmarks with a preset and keeps the results; {@code benchmarks/run} builds and calls it.
 *
 * <p>Arguments: the directory of the results, the commit that is measured, the preset, and parts of the names of the
 * benchmarks to run; none: all.
 */
public final class Benchmarks {

    private static final String USAGE = "usage: benchmarks/run quick|standard|full [NAME...]";
    private static final int USAGE_ERROR = 2;
    private static final int ARGUMENTS_BEFORE_NAMES = 3;

    private Benchmarks() {
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        Optional<Preset> preset = arguments.length < ARGUMENTS_BEFORE_NAMES ? Optional.empty()
                : Preset.named(arguments[2]);
        if (preset.isEmpty()) {
            System.err.println(USAGE);
            System.exit(USAGE_ERROR);
        }
        ChainedOptionsBuilder options = preset.get().options();
        List<String> names = Arrays.stream(arguments).skip(ARGUMENTS_BEFORE_NAMES).toList();
        names.forEach(options::include);
        Machine machine = Machine.read(Path.of("/proc"), System::getProperty, arguments[1]);
        Results results = new Results(machine, preset.get(), names, run(options, preset.get().rounds()));
        for (Path page : results.write(Path.of(arguments[0]))) {
            System.out.println("\n" + page + "\n\n" + Files.readString(page));
        }
    }

    /**
     * Runs what the options say, and measures what is allocated; one failure ends it all. The forks of a benchmark are
     * a round apart: other work of the machine meets one of them, not all.
     */
    static Collection<RunResult> run(ChainedOptionsBuilder options, int rounds) throws RunnerException {
        Options round = options.addProfiler(GCProfiler.class).shouldFailOnError(true).build();
        Map<String, RunResult> merged = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (RunResult result : new Runner(round).run()) {
                merged.merge(result.getParams().id(), result, Benchmarks::joined);
            }
        }
        return merged.values();
    }

    private static RunResult joined(RunResult first, RunResult second) {
        List<BenchmarkResult> forks = new ArrayList<>(first.getBenchmarkResults());
        forks.addAll(second.getBenchmarkResults());
        return new RunResult(first.getParams(), forks);
    }
}
