package io.pidone.init;

import io.pidone.process.Credentials;
import io.pidone.process.Signal;
import io.pidone.process.SpawnSpec.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the options of an {@link Init}, from the defaults of {@code pidone} on. For one thread. */
public final class InitOptionsBuilder {

    private final Map<Signal, Optional<Signal>> rewrites = new HashMap<>();
    private final Map<Signal, Duration> delays = new HashMap<>();
    private final Set<Integer> expectedStatuses = new HashSet<>();
    private Optional<Placement> placement = Optional.empty();
    private ForwardTo forward = ForwardTo.GROUP;
    private Duration gracePeriod = Duration.ZERO;
    private Duration linger = InitOptions.DEFAULT_LINGER;
    private Optional<Signal> lastSignal = Optional.empty();
    private boolean terminateOrphans;
    private Optional<Duration> maxRuntime = Optional.empty();
    private Optional<Credentials> credentials = Optional.empty();
    private Optional<String> directory = Optional.empty();
    private boolean warnOnReap;
    private boolean suspendWithCommand;

    /** The options for one command. */
    public InitOptions build(List<String> command) {
        Placement chosen = placement.orElse(
                forward == ForwardTo.SESSION ? Placement.OWN_SESSION : Placement.OWN_GROUP);
        return new InitOptions(command, chosen, forward, rewrites, delays, gracePeriod, linger, lastSignal,
                expectedStatuses, terminateOrphans, maxRuntime, credentials, directory, warnOnReap,
                suspendWithCommand);
    }

    public InitOptionsBuilder placement(Placement value) {
        placement = Optional.of(value);
        return this;
    }

    public InitOptionsBuilder forward(ForwardTo value) {
        forward = value;
        return this;
    }

    /** Has {@code from} forwarded as {@code to}; empty: not at all. */
    public InitOptionsBuilder rewrite(Signal from, Optional<Signal> to) {
        rewrites.put(from, to);
        return this;
    }

    /** The same, unless a rewriting of this signal was given. */
    public InitOptionsBuilder rewriteByDefault(Signal from, Signal to) {
        rewrites.putIfAbsent(from, Optional.of(to));
        return this;
    }

    public InitOptionsBuilder delay(Signal signal, Duration delay) {
        delays.put(signal, delay);
        return this;
    }

    public InitOptionsBuilder gracePeriod(Duration value) {
        gracePeriod = value;
        return this;
    }

    public InitOptionsBuilder linger(Duration value) {
        linger = value;
        return this;
    }

    public InitOptionsBuilder lastSignal(Signal value) {
        lastSignal = Optional.of(value);
        return this;
    }

    public InitOptionsBuilder expectStatus(int code) {
        expectedStatuses.add(code);
        return this;
    }

    public InitOptionsBuilder terminateOrphans(boolean value) {
        terminateOrphans = value;
        return this;
    }

    public InitOptionsBuilder maxRuntime(Duration value) {
        maxRuntime = Optional.of(value);
        return this;
    }

    public InitOptionsBuilder credentials(Credentials value) {
        credentials = Optional.of(value);
        return this;
    }

    public InitOptionsBuilder directory(String value) {
        directory = Optional.of(value);
        return this;
    }

    public InitOptionsBuilder warnOnReap(boolean value) {
        warnOnReap = value;
        return this;
    }

    public InitOptionsBuilder suspendWithCommand(boolean value) {
        suspendWithCommand = value;
        return this;
    }
}
