package io.pidone.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * The results of one class as a Markdown table: a row for each set of parameters, with pidone's time first, then how
 * many times as long each rival takes, then how much all of them allocate.
 *
 * <p>Times are compared by the quickest iteration of each. What else a machine does only ever adds to a time: of eight
 * iterations on one with two busy cores the mean was up to nine times the quickest, and no error interval tells.
 */
final class ResultTable {

    private static final String PIDONE = "pidone";

    private final List<String> rivals;
    private final Map<Map<String, String>, Map<String, RunResult>> rows = new LinkedHashMap<>();
    private final String unit;

    ResultTable(Collection<RunResult> results) {
        for (RunResult result : results) {
            BenchmarkParams benchmark = result.getParams();
            Map<String, String> parameters = new LinkedHashMap<>();
            benchmark.getParamsKeys().forEach(k -> parameters.put(k, benchmark.getParam(k)));
            rows.computeIfAbsent(parameters, p -> new LinkedHashMap<>()).put(method(benchmark), result);
        }
        rivals = rows.values().stream().flatMap(r -> r.keySet().stream()).distinct()
                .filter(m -> !m.equals(PIDONE)).toList();
        unit = results.iterator().next().getPrimaryResult().getScoreUnit();
    }

    private static String method(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    String markdown() {
        StringBuilder table = new StringBuilder();
        rows.keySet().iterator().next().keySet().forEach(p -> table.append("| ").append(p).append(' '));
        table.append("| ").append(PIDONE).append(", ").append(unit).append(' ');
        rivals.forEach(r -> table.append("| ").append(r).append(' '));
        table.append("| B/op: ").append(PIDONE).append(' ');
        rivals.forEach(r -> table.append("| ").append(r).append(' '));
        long columns = table.chars().filter(c -> c == '|').count();
        table.append("|\n").append("|---".repeat((int) columns)).append("|\n");
        rows.forEach((parameters, byMethod) -> table.append(row(parameters, byMethod)));
        return table.toString();
    }

    private String row(Map<String, String> parameters, Map<String, RunResult> byMethod) {
        StringBuilder row = new StringBuilder();
        parameters.values().forEach(p -> row.append("| `").append(p).append("` "));
        Optional<RunResult> pidone = Optional.ofNullable(byMethod.get(PIDONE));
        row.append("| ").append(pidone.map(ResultTable::time).orElse("")).append(' ');
        for (String rival : rivals) {
            row.append("| ").append(pidone.map(p -> ratio(byMethod.get(rival), p)).orElse("")).append(' ');
        }
        row.append("| ").append(pidone.map(ResultTable::allocated).orElse("")).append(' ');
        rivals.forEach(r -> row.append("| ").append(allocated(byMethod.get(r))).append(' '));
        return row.append("|\n").toString();
    }

    private static String time(RunResult result) {
        Statistics times = result.getPrimaryResult().getStatistics();
        return rounded(times.getMin()) + " to " + rounded(times.getMax());
    }

    private static String ratio(RunResult rival, RunResult pidone) {
        return rounded(quickest(rival) / quickest(pidone)) + "x";
    }

    private static double quickest(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    private static String allocated(RunResult result) {
        Result<?> bytes = result.getSecondaryResults().get(Results.ALLOCATED);
        return bytes == null ? "" : String.format(Locale.ROOT, "%,.0f", bytes.getScore());
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }
}
