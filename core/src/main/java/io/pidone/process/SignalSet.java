package io.pidone.process;

import java.util.StringJoiner;

/**
 * An immutable set of signals.
 *
 * @param bits bit {@code n - 1} stands for signal {@code n}, the kernel's own layout of a {@code sigset_t}
 */
public record SignalSet(long bits) {

    public static final SignalSet EMPTY = new SignalSet(0);

    /** Every signal, 1 to 64. */
    public static final SignalSet ALL = new SignalSet(-1L);

    public static SignalSet of(Signal... signals) {
        SignalSet set = EMPTY;
        for (Signal signal : signals) {
            set = set.with(signal);
        }
        return set;
    }

    public boolean contains(Signal signal) {
        return (bits & bit(signal)) != 0;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public SignalSet with(Signal signal) {
        return new SignalSet(bits | bit(signal));
    }

    public SignalSet without(Signal signal) {
        return new SignalSet(bits & ~bit(signal));
    }

    public SignalSet complement() {
        return new SignalSet(~bits);
    }

    private static long bit(Signal signal) {
        return 1L << (signal.number() - 1);
    }

    @Override
    public String toString() {
        StringJoiner names = new StringJoiner(" ", "[", "]");
        for (int number = 1; number <= Signal.MAX; number++) {
            if (contains(Signal.of(number))) {
                names.add(Signal.of(number).toString());
            }
        }
        return names.toString();
    }
}
