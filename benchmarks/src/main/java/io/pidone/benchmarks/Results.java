package io.pidone.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * Keeps results: for each class a page with the machine and a table, and beside it every single measurement in JMH's
 * JSON, which tools for JMH can read. A later run with the same preset on the same version of Java replaces them.
 */
record Results(Machine machine, Preset preset, List<String> names, Collection<RunResult> runs) {

    /** Bytes an operation; what else JMH's profiler of garbage collection measures follows from it, or is chance. */
    static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Writes the files of all classes; their pages. */
    List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, List<RunResult>> byClass = runs.stream().collect(
                Collectors.groupingBy(Results::className, TreeMap::new, Collectors.toList()));
        List<Path> pages = new ArrayList<>();
        for (Map.Entry<String, List<RunResult>> one : byClass.entrySet()) {
            String name = "%s-%s-jdk%d".formatted(preset.label(), one.getKey(), Runtime.version().feature());
            Files.writeString(directory.resolve(name + ".json"), json(one.getValue()));
            Path page = directory.resolve(name + ".md");
            Files.writeString(page, page(one.getKey(), one.getValue()));
            pages.add(page);
        }
        return pages;
    }

    private static String className(RunResult run) {
        String benchmark = run.getParams().getBenchmark();
        String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private String page(String className, List<RunResult> results) {
        String command = (preset.label() + " " + String.join(" ", names)).strip();
        return """
                # %s

                | | |
                |---|---|
                | command | `benchmarks/run %s` |
                | processor | %s, %d cores |
                | memory | %s |
                | system | %s |
                | JDK | %s |
                | commit | %s |

                pidone: time of an operation in the quickest and in the slowest iteration. The others: how many
                times as long their quickest is. Then the bytes that each allocates in an operation.

                %s""".formatted(className, command, machine.processor(), machine.cores(),
                machine.memory(), machine.system(), machine.jdk(), machine.commit(),
                new ResultTable(results).markdown());
    }

    private static RunResult withoutChance(RunResult run) {
        return new RunResult(run.getParams(), run.getBenchmarkResults().stream()
                .map(f -> new BenchmarkResult(f.getParams(), f.getIterationResults().stream()
                        .map(Results::withoutChance).toList(), f.getMetadata()))
                .toList());
    }

    private static IterationResult withoutChance(IterationResult iteration) {
        IterationResult kept = new IterationResult(iteration.getBenchmarkParams(), iteration.getParams(),
                iteration.getMetadata());
        iteration.getRawPrimaryResults().forEach(kept::addResult);
        iteration.getRawSecondaryResults().get(ALLOCATED).forEach(kept::addResult);
        return kept;
    }

    /** JMH's JSON, a line for each result; the path of the JVM says nothing on another machine. */
    private static String json(Collection<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .writeOut(results.stream().map(Results::withoutChance).toList());
        return bytes.toString(StandardCharsets.UTF_8)
                .replace(System.getProperty("java.home") + "/bin/", "")
                .replaceAll("\\s*\n\\s*", " ")
                .replaceAll("(^|[\\]}],) \\{ \"jmhVersion\"", "$1\n{ \"jmhVersion\"").strip() + "\n";
    }
}
