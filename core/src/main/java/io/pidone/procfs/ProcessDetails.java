package io.pidone.procfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What /proc tells of one process, read when it is asked for. Empty answers: it has ended, or may not be read. */
public final class ProcessDetails {

    /** USER_HZ is 100 on every platform that Linux still has, see proc_pid_stat(5). */
    private static final int TICK_MS = 10;
    private static final String PEAK = "VmHWM:";

    private final Path root;

    /** Reads under {@code root}, {@code /proc} in production. */
    public ProcessDetails(Path root) {
        this.root = root;
    }

    /** Its name, at most 15 bytes, see proc_pid_comm(5). */
    public Optional<String> name(int pid) {
        return read(pid, "comm").map(String::stripTrailing);
    }

    /** The value of a variable of the environment that it was executed with, see proc_pid_environ(5). */
    public Optional<String> variable(int pid, String variable) {
        Optional<String> environment = read(pid, "environ");
        if (environment.isEmpty()) {
            return Optional.empty();
        }
        for (String entry : environment.get().split("\0")) {
            if (entry.startsWith(variable) && entry.startsWith("=", variable.length())) {
                return Optional.of(entry.substring(variable.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** Its peak resident set in KiB, {@code VmHWM} of proc_pid_status(5). */
    public Optional<Long> peakRssKiB(int pid) {
        return read(pid, "status").flatMap(status -> status.lines()
                .filter(line -> line.startsWith(PEAK))
                .map(line -> Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip()))
                .findFirst());
    }

    /** How long ago it started, to a hundredth of a second: {@code /proc/uptime} less its start. */
    public Optional<Duration> age(int pid) {
        StatLine stat = new StatLine();
        if (!stat.read(root.resolve(Integer.toString(pid)).resolve("stat").toFile())) {
            return Optional.empty();
        }
        try {
            String uptime = Files.readString(root.resolve("uptime"));
            double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            return Optional.of(Duration.ofMillis(Math.round(seconds * 1e3) - stat.startTicks() * TICK_MS))
                    .filter(age -> !age.isNegative());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> read(int pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(Integer.toString(pid)).resolve(file));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
