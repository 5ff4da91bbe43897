package io.pidone.cli.cron;

import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.linux.Linux;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Ends the process when a signal asks for that. All signals are blocked, in every thread and since before the runtime
 * started, and PID 1 has no default actions; so somebody must take them while the command computes or reads.
 */
final class Interruption {

    private static final Set<Signal> ENDING = Set.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM);
    private static final int SHELL_SIGNAL_BASE = 128;

    private Interruption() {
    }

    /** Starts a daemon thread that waits for such a signal. */
    static void listen() {
        Thread thread = new Thread(Interruption::await, "cron-signals");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await() {
        // What came while the launcher ran stands in this property.
        Optional<Signal> early = Arrays.stream(System.getProperty("pidone.pending", "").strip().split(" +"))
                .flatMap(word -> Signal.parse(word).stream()).filter(ENDING::contains).findFirst();
        Runtime.getRuntime().halt(SHELL_SIGNAL_BASE + early.orElseGet(Interruption::take).number());
    }

    private static Signal take() {
        SignalQueue signals = Linux.open().signalQueue();
        signals.open();
        while (true) {
            int number = signals.await(-1);
            if (number > 0 && ENDING.contains(Signal.of(number))) {
                return Signal.of(number);
            }
        }
    }
}
