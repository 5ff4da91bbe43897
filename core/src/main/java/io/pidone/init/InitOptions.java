package io.pidone.init;

import io.pidone.process.Credentials;
import io.pidone.process.Signal;
import io.pidone.process.SpawnSpec.Placement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an {@link Init} does and with whom; an {@link InitOptionsBuilder} makes one.
 *
 * @param command the program and its arguments
 * @param placement the command's process group or session
 * @param forward who gets forwarded signals
 * @param rewrites signals that are forwarded as another one; empty: dropped
 * @param delays how long a signal is held back before it is forwarded
 * @param gracePeriod from the first terminating signal until SIGKILL; zero: never
 * @param linger how long the rest of the tree has to end after the command; zero: none, it is left alone
 * @param lastSignal what the command's group gets when the command has ended
 * @param expectedStatuses exit codes that become 0
 * @param terminateOrphans whether a living process that loses its parent is ended
 * @param maxRuntime how long the command may run
 * @param credentials whom the command runs as
 * @param directory the command's working directory
 * @param warnOnReap whether reaping an orphan is worth a warning
 * @param suspendWithCommand whether forwarding a terminal's stop signal stops the caller too
 */
public record InitOptions(
        List<String> command,
        Placement placement,
        ForwardTo forward,
        Map<Signal, Optional<Signal>> rewrites,
        Map<Signal, Duration> delays,
        Duration gracePeriod,
        Duration linger,
        Optional<Signal> lastSignal,
        Set<Integer> expectedStatuses,
        boolean terminateOrphans,
        Optional<Duration> maxRuntime,
        Optional<Credentials> credentials,
        Optional<String> directory,
        boolean warnOnReap,
        boolean suspendWithCommand) {

    /** How long the rest of the tree has by default. */
    public static final Duration DEFAULT_LINGER = Duration.ofSeconds(5);

    /** The settings that matter to a reader of the log, by their log keys. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("forward", forward);
        rewrites.forEach((from, to) -> settings.put("rewrite " + from, to.map(Signal::toString).orElse("0")));
        delays.forEach((signal, delay) -> settings.put("delay " + signal, text(delay)));
        settings.put("grace_period", text(gracePeriod));
        settings.put("linger", text(linger));
        settings.put("orphans", terminateOrphans ? "terminate" : "adopt");
        maxRuntime.ifPresent(limit -> settings.put("max_runtime", text(limit)));
        credentials.ifPresent(user -> settings.put("user", user.uid() + ":" + user.gid()));
        return settings;
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /** Keeps its own copies. */
    public InitOptions {
        command = List.copyOf(command);
        rewrites = Map.copyOf(rewrites);
        delays = Map.copyOf(delays);
        expectedStatuses = Set.copyOf(expectedStatuses);
    }
}
