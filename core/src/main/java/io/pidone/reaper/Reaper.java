package io.pidone.reaper;

import io.pidone.process.ProcessSystem;
import io.pidone.process.WaitResult;
import io.pidone.process.Waited;

/**
 * Waits for every child there is, spawned or adopted. SIGCHLD coalesces, so one signal means: drain until nothing is
 * left. Allocates nothing per process. For the loop's thread.
 */
public final class Reaper {

    /** Told of each child; the result is valid during the call. */
    public interface ReapListener {

        /** It has ended and is gone. */
        void ended(WaitResult result);

        /** It was stopped by a signal and lives on. */
        void stopped(WaitResult result);
    }

    /** What a drain left behind. */
    public enum Drained {
        /** Children that live. */
        CHILDREN_LEFT,
        /** No child at all. */
        NO_CHILDREN,
        /** Perhaps more zombies: the bound was reached, so that signals have their turn in a storm. */
        UNFINISHED
    }

    private static final int BOUND = 4096;

    private final ProcessSystem system;
    private final ReapListener listener;
    private final WaitResult result = new WaitResult();

    public Reaper(ProcessSystem system, ReapListener listener) {
        this.system = system;
        this.listener = listener;
    }

    /** Reaps every child that has ended, up to a bound. */
    public Drained reapZombies() {
        for (int i = 0; i < BOUND; i++) {
            Waited waited = system.waitAny(result);
            switch (waited) {
                case ENDED -> listener.ended(result);
                case STOPPED -> listener.stopped(result);
                case NONE_READY -> {
                    return Drained.CHILDREN_LEFT;
                }
                case NO_CHILD -> {
                    return Drained.NO_CHILDREN;
                }
            }
        }
        return Drained.UNFINISHED;
    }
}
