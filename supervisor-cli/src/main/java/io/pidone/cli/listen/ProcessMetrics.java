package io.pidone.cli.listen;

import io.pidone.cli.listen.Exposition.Families;
import io.pidone.cli.listen.Exposition.FamilySink;
import io.pidone.cli.listen.Figure.Kind;
import io.pidone.cli.listen.Figure.Metric;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel tells of this process, by the names that every Prometheus client gives it; see proc(5). */
final class ProcessMetrics implements Families {

    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern BOOT_TIME = Pattern.compile("(?m)^btime (\\d+)$");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");
    private static final Pattern VIRTUAL = Pattern.compile("(?m)^VmSize:\\s*(\\d+) kB$");
    private static final Pattern MOST_OPEN = Pattern.compile("(?m)^Max open files\\s+(\\d+)");

    /** Fields of stat, counted from the state, which is the third. */
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int START_TICKS = 19;

    private final Path proc;

    /**
     * Reads at each scrape.
     *
     * @param proc where the file system proc is mounted
     */
    ProcessMetrics(Path proc) {
        this.proc = proc;
    }

    @Override
    public void writeTo(FamilySink sink) throws IOException {
        String status;
        String[] stat;
        try {
            status = read("self/status");
            String line = read("self/stat");
            stat = line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            // Without /proc there is nothing to tell.
            return;
        }
        double ticks = Double.parseDouble(stat[USER_TICKS]) + Double.parseDouble(stat[SYSTEM_TICKS]);
        sink.accept(SeriesTable.counter(new Metric(Kind.COUNTER, "process_cpu_seconds_total",
                "Total user and system CPU time spent in seconds."),
                List.of(new CounterDataPointSnapshot(ticks / TICKS_PER_SECOND, Labels.EMPTY, null, 0))));
        gauge(sink, "process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
                number(BOOT_TIME, read("stat")) + Double.parseDouble(stat[START_TICKS]) / TICKS_PER_SECOND);
        gauge(sink, "process_resident_memory_bytes", "Resident memory size in bytes.",
                number(RESIDENT, status) * 1024);
        gauge(sink, "process_virtual_memory_bytes", "Virtual memory size in bytes.", number(VIRTUAL, status) * 1024);
        gauge(sink, "process_open_fds", "Number of open file descriptors.", openDescriptors());
        gauge(sink, "process_max_fds", "Maximum number of open file descriptors.",
                number(MOST_OPEN, read("self/limits")));
    }

    private String read(String file) throws IOException {
        return Files.readString(proc.resolve(file), StandardCharsets.ISO_8859_1);
    }

    private static double number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }

    private int openDescriptors() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("self/fd"))) {
            for (Path ignored : descriptors) {
                count++;
            }
        }
        return count;
    }

    private static void gauge(FamilySink sink, String name, String help, double value) throws IOException {
        if (!Double.isNaN(value)) {
            sink.accept(new GaugeSnapshot(new MetricMetadata(name, help),
                    List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))));
        }
    }
}
