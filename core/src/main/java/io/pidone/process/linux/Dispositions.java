package io.pidone.process.linux;

import io.pidone.process.Signal;
import io.pidone.process.SignalSet;

/**
 * What happens to a signal that is not blocked, see sigaction(2).
 *
 * <p>A handler of the runtime becomes the default disposition in a child; a signal that was ignored before the runtime
 * put its handler there would thus lose that. For the moment of the spawn it is ignored again.
 */
final class Dispositions {

    /** glibc's {@code struct sigaction}: handler, 128 bytes of mask, flags, restorer. */
    private static final int ACTION_BYTES = 152;

    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;

    private final Libc libc;
    private final SignalSet ignoredAtStart;

    Dispositions(Libc libc, SignalSet ignoredAtStart) {
        this.libc = libc;
        this.ignoredAtStart = ignoredAtStart;
    }

    /** Without this an inherited "ignore" would make the kernel throw away children's statuses, see wait(2). */
    void keepStatusesOfChildren() {
        try (Arena arena = new Arena(libc)) {
            long old = arena.allocate(ACTION_BYTES);
            libc.sigaction(Signal.CHLD.number(), 0, old);
            if (libc.getLong(old) == SIG_IGN) {
                libc.sigaction(Signal.CHLD.number(), action(arena, SIG_DFL), 0);
            }
        }
    }

    private long action(Arena arena, long handler) {
        long action = arena.allocate(ACTION_BYTES);
        libc.putLong(action, handler);
        return action;
    }

    /** Ignores again what was ignored at the start, for the children spawned until {@link #restore}. */
    long[] ignoreAgain(Arena arena) {
        long[] replaced = new long[Signal.MAX + 1];
        if (ignoredAtStart.isEmpty()) {
            return replaced;
        }
        long ignore = action(arena, SIG_IGN);
        for (int number = 1; number <= Signal.MAX; number++) {
            Signal signal = Signal.of(number);
            if (ignoredAtStart.contains(signal) && signal.catchable()) {
                long old = arena.allocate(ACTION_BYTES);
                if (libc.sigaction(number, ignore, old) == 0) {
                    replaced[number] = old;
                }
            }
        }
        return replaced;
    }

    void restore(long[] replaced) {
        for (int number = 1; number < replaced.length; number++) {
            if (replaced[number] != 0) {
                libc.sigaction(number, replaced[number], 0);
            }
        }
    }
}
