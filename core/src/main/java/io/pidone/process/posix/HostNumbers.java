package io.pidone.process.posix;

import io.pidone.process.Signal;
import io.pidone.process.SignalSet;
import jnr.constants.Constant;

/** Translates between Linux's numbers of signals and errors, which the ports speak, and the host's own. */
final class HostNumbers {

    /** What is added to a host's error number that Linux has no name for, so that it cannot be taken for another. */
    static final int FOREIGN = 1000;

    /** Numbers as they are: Linux. */
    static final HostNumbers IDENTITY = new HostNumbers(null, null);

    private static final HostNumbers CURRENT = LibC.LINUX ? IDENTITY
            : new HostNumbers(jnr.constants.platform.Signal.values(), jnr.constants.platform.Errno.values());

    private final int[] hostSignals;
    private final Constant[] hostErrors;

    /** Tables of the host, each constant under its C name; null: the same as Linux. */
    HostNumbers(Constant[] signals, Constant[] errors) {
        hostSignals = signals == null ? null : signalTable(signals);
        hostErrors = errors;
    }

    /** Those of the running system. */
    static HostNumbers current() {
        return CURRENT;
    }

    private static int[] signalTable(Constant[] signals) {
        int[] table = new int[Signal.MAX + 1];
        for (Constant constant : signals) {
            if (constant.defined()) {
                Signal.parse(constant.name()).ifPresent(signal -> table[signal.number()] = constant.intValue());
            }
        }
        return table;
    }

    /**
     * The host's number.
     *
     * @throws UnsupportedOperationException if the host has no such signal
     */
    int signal(Signal signal) {
        int number = hostSignals == null ? signal.number() : hostSignals[signal.number()];
        if (number == 0) {
            throw new UnsupportedOperationException("this system has no " + signal);
        }
        return number;
    }

    /** A mask of the host's layout, without the signals that the host does not have. */
    long mask(SignalSet signals) {
        if (hostSignals == null) {
            return signals.bits();
        }
        long bits = 0;
        for (int number = 1; number <= Signal.MAX; number++) {
            if (signals.contains(Signal.of(number)) && hostSignals[number] != 0) {
                bits |= 1L << (hostSignals[number] - 1);
            }
        }
        return bits;
    }

    /** A status of wait4(2) with its signal in Linux's number. */
    int waitStatus(int status) {
        if (hostSignals == null) {
            return status;
        }
        if ((status & 0xff) == 0x7f) {
            return linuxSignal(status >> 8 & 0xff) << 8 | 0x7f;
        }
        return status & ~0x7f | linuxSignal(status & 0x7f);
    }

    private int linuxSignal(int host) {
        for (int number = 1; number <= Signal.MAX; number++) {
            if (host != 0 && hostSignals[number] == host) {
                return number;
            }
        }
        return host;
    }

    /** Linux's number of a host's error. */
    int errno(int host) {
        if (hostErrors == null) {
            return host;
        }
        for (Constant constant : hostErrors) {
            if (constant.defined() && constant.intValue() == host) {
                return linuxErrno(constant.name(), host);
            }
        }
        return FOREIGN + host;
    }

    private static int linuxErrno(String name, int host) {
        for (Constant linux : jnr.constants.platform.linux.Errno.values()) {
            if (linux.name().equals(name)) {
                return linux.intValue();
            }
        }
        return FOREIGN + host;
    }
}
