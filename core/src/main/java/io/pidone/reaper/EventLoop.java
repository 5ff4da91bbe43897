package io.pidone.reaper;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NanoClock;
import io.pidone.process.SignalQueue;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * One thread that owns all state: it takes signals, timers and other threads' tasks, one at a time.
 *
 * <p>{@link #run} and {@link #after} belong to that thread, {@link #execute} and {@link #stop} to any. Nothing but
 * {@link #stop} ends {@link #run}: what a handler throws is told to the sink.
 */
public final class EventLoop implements Executor {

    /** Told of each signal, as a plain number. */
    @FunctionalInterface
    public interface SignalHandler {

        void onSignal(int number);
    }

    /** Something to be done at a moment, unless it is cancelled before. */
    public static final class Timer {

        private final long deadlineNanos;
        private final long order;
        private Runnable action;

        private Timer(long deadlineNanos, long order, Runnable action) {
            this.deadlineNanos = deadlineNanos;
            this.order = order;
            this.action = action;
        }

        public void cancel() {
            action = null;
        }
    }

    private final SignalQueue signals;
    private final NanoClock clock;
    private final EventSink sink;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>((a, b) -> {
        int byTime = Long.signum(a.deadlineNanos - b.deadlineNanos);
        return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    });
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private long timersMade;
    private volatile boolean stopped;

    /** A loop on an open queue. */
    public EventLoop(SignalQueue signals, NanoClock clock, EventSink sink) {
        this.signals = signals;
        this.clock = clock;
        this.sink = sink;
    }

    /** Has {@code action} run once, no earlier than after {@code delay}. */
    public Timer after(Duration delay, Runnable action) {
        Timer timer = new Timer(clock.nanoTime() + delay.toNanos(), timersMade++, action);
        timers.add(timer);
        return timer;
    }

    /** Has a task run by the loop's thread, as soon as what came before it is done. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        signals.wake();
    }

    /** Ends {@link #run} once the present handler has returned. */
    public void stop() {
        stopped = true;
        signals.wake();
    }

    /** Handles what comes until {@link #stop}; may be called again then. */
    public void run(SignalHandler handler) {
        while (!stopped) {
            try {
                int signal = signals.await(nanosToNextTimer());
                if (signal > 0) {
                    handler.onSignal(signal);
                }
                runTimers();
                runTasks();
            } catch (RuntimeException | Error e) {
                sink.accept(new Event.HandlerFailed(e));
            }
        }
        stopped = false;
    }

    private long nanosToNextTimer() {
        while (!timers.isEmpty() && timers.peek().action == null) {
            timers.poll();
        }
        if (!tasks.isEmpty()) {
            return 0;
        }
        return timers.isEmpty() ? -1 : Math.max(0, timers.peek().deadlineNanos - clock.nanoTime());
    }

    private void runTimers() {
        while (!timers.isEmpty() && timers.peek().deadlineNanos - clock.nanoTime() <= 0) {
            Runnable action = timers.poll().action;
            if (action != null) {
                action.run();
            }
        }
    }

    /** Only those that are there now: a task that adds itself again does not keep signals waiting. */
    private void runTasks() {
        for (int count = tasks.size(); count > 0; count--) {
            tasks.remove().run();
        }
    }
}
