package io.pidone.cron;

import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import io.pidone.process.Pipes.Pipe;
import io.pidone.process.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One thread that reads what commands write, and tells of events in order with it. It alone writes to the log, so a
 * slow reader of the log holds back the commands, by their full pipes, and never the scheduler.
 *
 * <p>A run's pipes are read once its start was told, and drained before its end is told: of what is there then, since a
 * grandchild may hold them open; what that writes later still comes as the run's. Events that find ten thousand others
 * waiting are dropped and counted. {@link #open} and the event sink belong to the loop's thread.
 */
public final class OutputPump implements AutoCloseable {

    private static final int MOST_EVENTS = 10_000;
    private static final int READ_BYTES = 64 << 10;
    /** A drain takes what a pipe holds and little more, however fast somebody fills it. */
    private static final int MOST_READS_OF_A_DRAIN = 4;
    private static final int MOST_READY = 256;

    private final Pipes pipes;
    private final Poller poller;
    private final EventSink target;
    private final OutputSink output;
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final Map<Integer, Stream> byDescriptor = new ConcurrentHashMap<>();
    private final Map<Run, List<Stream>> byRun = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<CountDownLatch> flushes = new ConcurrentLinkedQueue<>();
    private final byte[] buffer = new byte[READ_BYTES];
    private volatile boolean closed;

    /** One channel of one run. */
    private final class Stream {

        private final int descriptor;
        private final Run run;
        private final LineCutter cutter;

        Stream(int descriptor, Run run, Channel channel) {
            this.descriptor = descriptor;
            this.run = run;
            cutter = new LineCutter((bytes, from, to, cut) -> output.line(run, channel, bytes, from, to, cut));
        }
    }

    /**
     * Starts the thread.
     *
     * @param target told of events, on that thread
     * @param output told of lines, on that thread
     */
    public OutputPump(Pipes pipes, Poller poller, EventSink target, OutputSink output) {
        this.pipes = pipes;
        this.poller = poller;
        this.target = target;
        this.output = output;
        Thread thread = new Thread(this::run, "output");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A pipe for a channel of a run that is about to start; its write end is the caller's to close.
     *
     * @throws ErrnoException if there is no descriptor left
     */
    Pipe open(Run run, Channel channel) {
        Pipe pipe = pipes.open();
        Stream stream = new Stream(pipe.readEnd(), run, channel);
        byDescriptor.put(pipe.readEnd(), stream);
        byRun.computeIfAbsent(run, key -> new ArrayList<>(2)).add(stream);
        return pipe;
    }

    /** A sink that tells the target on the pump's thread, in order with the output. */
    public EventSink events() {
        return new EventSink() {

            @Override
            public boolean wants(Event.Severity severity) {
                return target.wants(severity);
            }

            @Override
            public void accept(Event event) {
                queue(event);
                if (event instanceof CronEvent.RunStarted started) {
                    read(started.run());
                } else if (event instanceof CronEvent.RunNotStarted failed) {
                    read(failed.run());
                }
            }
        };
    }

    private void queue(Event event) {
        if (waiting.get() >= MOST_EVENTS) {
            dropped.incrementAndGet();
            return;
        }
        waiting.incrementAndGet();
        events.add(event);
        poller.wake();
    }

    /** After the event is queued: what is read comes later than it. */
    private void read(Run run) {
        for (Stream stream : byRun.getOrDefault(run, List.of())) {
            poller.add(stream.descriptor);
        }
    }

    private void run() {
        int[] ready = new int[MOST_READY];
        boolean idle = false;
        while (!closed) {
            try {
                int count = poller.await(ready, idle ? -1 : 0);
                boolean told = tellEvents();
                for (int i = 0; i < count; i++) {
                    readOnce(ready[i]);
                }
                idle = count == 0 && !told;
                if (idle) {
                    output.flush();
                    tellFlushed();
                }
            } catch (RuntimeException | Error e) {
                complain(e);
            }
        }
    }

    private void complain(Throwable failure) {
        try {
            target.accept(new Event.HandlerFailed(failure));
        } catch (RuntimeException | Error e) {
            // There is nobody left to tell.
            dropped.incrementAndGet();
        }
    }

    private void tellFlushed() {
        for (CountDownLatch latch = flushes.poll(); latch != null; latch = flushes.poll()) {
            latch.countDown();
        }
    }

    private boolean tellEvents() {
        boolean any = false;
        for (Event event = events.poll(); event != null; event = events.poll()) {
            any = true;
            waiting.decrementAndGet();
            if (event instanceof CronEvent.RunEnded ended) {
                drain(ended.run());
            }
            target.accept(event);
        }
        int lost = dropped.getAndSet(0);
        if (lost > 0) {
            target.accept(new Event.Degraded(lost + " messages were dropped, since nobody read the log fast enough"));
        }
        return any;
    }

    private void drain(Run run) {
        for (Stream stream : List.copyOf(byRun.getOrDefault(run, List.of()))) {
            for (int reads = 0; reads < MOST_READS_OF_A_DRAIN && readOnce(stream.descriptor); reads++) {
                continue;
            }
            stream.cutter.end();
        }
    }

    /** Whether there was something. */
    private boolean readOnce(int descriptor) {
        Stream stream = byDescriptor.get(descriptor);
        if (stream == null) {
            return false;
        }
        Optional<ErrnoException> failure = Optional.empty();
        int count = Pipes.END;
        try {
            count = pipes.read(descriptor, buffer);
        } catch (ErrnoException e) {
            failure = Optional.of(e);
        }
        if (count > 0) {
            stream.cutter.add(buffer, count);
            return true;
        }
        if (count == Pipes.END) {
            end(stream);
            failure.ifPresent(this::complain);
        }
        return false;
    }

    private void end(Stream stream) {
        byDescriptor.remove(stream.descriptor);
        byRun.computeIfPresent(stream.run, (run, streams) -> {
            List<Stream> rest = new ArrayList<>(streams);
            rest.remove(stream);
            return rest.isEmpty() ? null : rest;
        });
        poller.remove(stream.descriptor);
        pipes.close(stream.descriptor);
        stream.cutter.end();
    }

    /**
     * Waits until everything that is there now was told and written.
     *
     * @return false if it took longer than {@code limit}, since nobody reads the log
     */
    public boolean flush(Duration limit) {
        CountDownLatch flushed = new CountDownLatch(1);
        flushes.add(flushed);
        poller.wake();
        try {
            return flushed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the thread; what is not yet told is lost. */
    @Override
    public void close() {
        closed = true;
        poller.wake();
    }
}
