package io.pidone.init;

import io.pidone.process.Signal;

/** The signals by which an orchestrator or a person asks a program to end. */
final class Terminating {

    private Terminating() {
    }

    static boolean is(Signal signal) {
        return signal == Signal.TERM || signal == Signal.INT || signal == Signal.QUIT;
    }
}
