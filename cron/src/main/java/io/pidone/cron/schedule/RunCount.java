package io.pidone.cron.schedule;

/** How many runs of a scheduler go on; told when the last one has ended. For the scheduler's thread. */
final class RunCount {

    private int running;
    private Runnable whenNone = () -> { };

    void whenNone(Runnable action) {
        whenNone = action;
    }

    void began() {
        running++;
    }

    void ended() {
        running--;
        if (running == 0) {
            whenNone.run();
        }
    }

    int running() {
        return running;
    }
}
