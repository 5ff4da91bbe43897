package io.pidone.process;

/** A clock for durations, never set back: {@link System#nanoTime} or a test's own. */
@FunctionalInterface
public interface NanoClock {

    /** Nanoseconds since some fixed moment; compare by subtraction. */
    long nanoTime();

    static NanoClock system() {
        return System::nanoTime;
    }
}
