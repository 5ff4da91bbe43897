package io.pidone.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Preset {

    /** Some two minutes for all, to see the order of magnitude; too short to compare anything by. */
    QUICK(1, 2, Duration.ofMillis(200)),

    /** Some eight minutes for all; the annotations of the classes say the same. */
    STANDARD(3, 3, Duration.ofMillis(200)),

    /** Some 70 minutes for all: as many forks and iterations as JMH takes by itself, of a second each. */
    FULL(5, 5, Duration.ofSeconds(1));

    private final int rounds;
    private final int iterations;
    private final TimeValue iterationTime;

    Preset(int rounds, int iterations, Duration iterationTime) {
        this.rounds = rounds;
        this.iterations = iterations;
        this.iterationTime = TimeValue.milliseconds(iterationTime.toMillis());
    }

    /** How often all benchmarks are run, each time in a fork of its own. */
    int rounds() {
        return rounds;
    }

    /** One round. */
    ChainedOptionsBuilder options() {
        return new OptionsBuilder().forks(1)
                .warmupIterations(iterations).warmupTime(iterationTime)
                .measurementIterations(iterations).measurementTime(iterationTime);
    }

    /** The name on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Preset> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
