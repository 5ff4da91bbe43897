package io.pidone.cron;

import io.pidone.process.Poller;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the waits of another. */
record CountingPoller(Poller poller, AtomicInteger awaits) implements Poller {

    @Override
    public void add(int descriptor) {
        poller.add(descriptor);
    }

    @Override
    public void remove(int descriptor) {
        poller.remove(descriptor);
    }

    @Override
    public int await(int[] ready, long timeoutNanos) {
        awaits.incrementAndGet();
        return poller.await(ready, timeoutNanos);
    }

    @Override
    public void wake() {
        poller.wake();
    }

    @Override
    public void close() {
        poller.close();
    }
}
