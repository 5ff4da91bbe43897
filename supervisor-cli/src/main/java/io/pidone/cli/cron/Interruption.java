package io.pidone.cli.cron;

import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.linux.Linux;
import java.util.Set;

/**
 * Ends the process when a signal asks for that. All signals are blocked, in every thread and since before the runtime
 * started, and PID 1 has no default actions; so somebody must take them while the command computes or reads.
 */
final class Interruption {

    private static final Set<Integer> ENDING = Set.of(Signal.HUP.number(), Signal.INT.number(), Signal.QUIT.number(),
            Signal.TERM.number());
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
        SignalQueue signals = Linux.open().signalQueue();
        signals.open();
        int signal = signals.await(-1);
        while (!ENDING.contains(signal)) {
            signal = signals.await(-1);
        }
        Runtime.getRuntime().halt(SHELL_SIGNAL_BASE + signal);
    }
}
