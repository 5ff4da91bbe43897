package io.pidone.procfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who leaves zombies: the processes that have ended and were not reaped, by the parent that should. For one thread. */
public final class Zombies {

    /** {@code USER_HZ}, the unit of times in /proc on every architecture that Java 17 runs on. */
    private static final long MILLIS_PER_TICK = 10;

    private final Path root;
    private final ProcessScan scan;

    /** Reads under {@code root}, {@code /proc} in production. */
    public Zombies(Path root) {
        this.root = root;
        scan = new ProcessScan(root);
    }

    /**
     * The zombies of one parent.
     *
     * @param parent its pid; 0 if it is outside the PID namespace
     * @param count how many, at least 1
     * @param oldestAge the time since the oldest of them was started: it has been a zombie for at most as long, since
     *     the kernel does not tell when a process ended; zero if the uptime cannot be read
     */
    public record OfParent(int parent, int count, Duration oldestAge) {
    }

    /** The parents with zombies, the one with most first; empty if there is no /proc. */
    public Optional<List<OfParent>> byParent() {
        Map<Integer, long[]> countAndStart = new TreeMap<>();
        boolean mounted = scan.forEach((pid, line) -> {
            if (line.zombie()) {
                long[] entry = countAndStart.computeIfAbsent(line.ppid(), parent -> new long[] {0, Long.MAX_VALUE});
                entry[0]++;
                entry[1] = Math.min(entry[1], line.startTicks());
            }
        });
        if (!mounted) {
            return Optional.empty();
        }
        long now = uptimeMs();
        return Optional.of(countAndStart.entrySet().stream()
                .map(entry -> new OfParent(entry.getKey(), (int) entry.getValue()[0],
                        Duration.ofMillis(Math.max(0, now - entry.getValue()[1] * MILLIS_PER_TICK))))
                .sorted(Comparator.comparingInt(OfParent::count).reversed())
                .toList());
    }

    private long uptimeMs() {
        try {
            String seconds = Files.readString(root.resolve("uptime")).split(" ", 2)[0];
            return (long) (Double.parseDouble(seconds) * 1000);
        } catch (IOException | NumberFormatException unreadable) {
            return 0;
        }
    }
}
