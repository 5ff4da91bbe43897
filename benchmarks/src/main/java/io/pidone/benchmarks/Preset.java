package io.pidone.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Preset {

    /** Some two minutes for all, to see the order of magnitude; too short to compare anything by. */
    QUICK {
        @Override
        ChainedOptionsBuilder options() {
            return new OptionsBuilder().forks(1)
                    .warmupIterations(2).warmupTime(TimeValue.milliseconds(200))
                    .measurementIterations(3).measurementTime(TimeValue.milliseconds(200));
        }
    },

    /** Some eight minutes for all: what the annotations of the classes say. */
    STANDARD {
        @Override
        ChainedOptionsBuilder options() {
            return new OptionsBuilder();
        }
    },

    /** Some 70 minutes for all: as many forks and iterations as JMH takes by itself, of a second each. */
    FULL {
        @Override
        ChainedOptionsBuilder options() {
            return new OptionsBuilder().forks(5)
                    .warmupIterations(5).warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5).measurementTime(TimeValue.seconds(1));
        }
    };

    abstract ChainedOptionsBuilder options();

    /** The name on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Preset> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
