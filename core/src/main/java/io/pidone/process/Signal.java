package io.pidone.process;

import java.util.Locale;
import java.util.Optional;

/**
 * A signal by its Linux number, 1 to 64, see signal(7).
 *
 * <p>Numbers are those of x86 and ARM. The real-time signals are named as glibc numbers them: {@code SIGRTMIN} is 34,
 * since the threads library keeps 32 and 33 for itself.
 */
public final class Signal implements Comparable<Signal> {

    /** The highest signal number, {@code SIGRTMAX}. */
    public static final int MAX = 64;

    private static final int RTMIN = 34;
    private static final int RT_MIDDLE = 49;

    private static final String[] NAMES = {
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    };

    private static final Signal[] ALL = new Signal[MAX + 1];

    static {
        for (int number = 1; number <= MAX; number++) {
            ALL[number] = new Signal(number);
        }
    }

    public static final Signal HUP = of(1);
    public static final Signal INT = of(2);
    public static final Signal QUIT = of(3);
    public static final Signal ABRT = of(6);
    public static final Signal KILL = of(9);
    public static final Signal USR1 = of(10);
    public static final Signal USR2 = of(12);
    public static final Signal PIPE = of(13);
    public static final Signal TERM = of(15);
    public static final Signal CHLD = of(17);
    public static final Signal CONT = of(18);
    public static final Signal STOP = of(19);
    public static final Signal TSTP = of(20);
    public static final Signal TTIN = of(21);
    public static final Signal TTOU = of(22);
    public static final Signal WINCH = of(28);

    private final int number;

    private Signal(int number) {
        this.number = number;
    }

    /**
     * The signal of this number; never allocates.
     *
     * @param number 1 to 64
     * @throws IllegalArgumentException outside this range
     */
    public static Signal of(int number) {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("a signal number is 1 to " + MAX + ", not " + number);
        }
        return ALL[number];
    }

    /**
     * Reads a name in any case, with or without {@code SIG} ({@code TERM}, {@code sigterm}), a real-time signal
     * ({@code RTMIN+3}, {@code RTMAX-1}) or a number ({@code 15}); empty if it is none of these.
     */
    public static Optional<Signal> parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        } else if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            return inRange(number(name));
        }
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return Optional.of(ALL[i + 1]);
            }
        }
        return switch (name) {
            case "CLD" -> Optional.of(CHLD);
            case "POLL" -> Optional.of(of(29));
            case "IOT" -> Optional.of(ABRT);
            default -> parseRealTime(name);
        };
    }

    private static Optional<Signal> parseRealTime(String name) {
        if (name.equals("RTMIN")) {
            return Optional.of(of(RTMIN));
        }
        if (name.equals("RTMAX")) {
            return Optional.of(of(MAX));
        }
        int offset = name.length() > 6 ? number(name.substring(6)) : -1;
        if (offset < 0) {
            return Optional.empty();
        }
        int number = name.startsWith("RTMIN+") ? RTMIN + offset : name.startsWith("RTMAX-") ? MAX - offset : -1;
        return number < RTMIN ? Optional.empty() : inRange(number);
    }

    private static int number(String digits) {
        if (digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static Optional<Signal> inRange(int number) {
        return number >= 1 && number <= MAX ? Optional.of(of(number)) : Optional.empty();
    }

    /** The number, 1 to 64. */
    public int number() {
        return number;
    }

    /** Whether a handler may be installed or the signal be blocked: all but {@code SIGKILL} and {@code SIGSTOP}. */
    public boolean catchable() {
        return this != KILL && this != STOP;
    }

    @Override
    public int compareTo(Signal other) {
        return Integer.compare(number, other.number);
    }

    /** The name as kill(1) prints it: {@code SIGTERM}, {@code SIGRTMIN+3}; 32 and 33 have none: {@code SIG32}. */
    @Override
    public String toString() {
        if (number <= NAMES.length) {
            return "SIG" + NAMES[number - 1];
        }
        if (number < RTMIN) {
            return "SIG" + number;
        }
        if (number == RTMIN || number == MAX) {
            return number == MAX ? "SIGRTMAX" : "SIGRTMIN";
        }
        return number <= RT_MIDDLE ? "SIGRTMIN+" + (number - RTMIN) : "SIGRTMAX-" + (MAX - number);
    }
}
