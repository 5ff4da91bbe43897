package io.pidone.cron;

import io.pidone.cron.EventQueue.Waiting;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import io.pidone.process.Pipes.Pipe;
import io.pidone.process.Poller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that reads what commands write, and tells of events in order with it. It alone writes to the log, so a
 * slow reader of the log holds back the commands, by their full pipes, and never the scheduler.
 *
 * <p>A run's pipes are read once its start was told, and drained before its end is told: of what is there then, since a
 * grandchild may hold them open; what that writes later still comes as the run's. Each pipe in turn gives at most
 * 64 KiB, so that a flood of one command delays the others little. Events that find ten thousand others waiting are
 * dropped and counted. {@link #open} and the event sink belong to the loop's thread.
 */
public final class OutputPump implements AutoCloseable {

    private static final int MOST_EVENTS = 10_000;
    private static final int READ_BYTES = 64 << 10;
    /** A drain takes what a pipe can hold (1 MiB, pipe(7)) and no more, however fast somebody fills it. */
    private static final int MOST_READS_OF_A_DRAIN = 16;
    private static final int MOST_READY = 256;
    /** For lines that have begun, of all commands together. */
    private static final int ROOM_BYTES = 8 << 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long COMPLAINTS_APART_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_MILLIS_OF_CLOSING = 100;

    private final Pipes pipes;
    private final Poller poller;
    private final EventSink target;
    private final OutputSink output;
    private final InstantSource clock;
    private final EventQueue events = new EventQueue(MOST_EVENTS);
    private final Map<Integer, Stream> byDescriptor = new ConcurrentHashMap<>();
    private final Map<Run, List<Stream>> byRun = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<CountDownLatch> flushes = new ConcurrentLinkedQueue<>();
    private final LineCutter.Room room = new LineCutter.Room(ROOM_BYTES);
    private final byte[] buffer = new byte[READ_BYTES];
    private final int[] ready = new int[MOST_READY];
    private final Thread thread = new Thread(this::run, "output");
    private boolean unflushed;
    private long lastComplaintNanos = System.nanoTime() - COMPLAINTS_APART_NANOS;
    private volatile boolean closed;

    /** One channel of one run. */
    private final class Stream implements LineCutter.Lines {

        private final int descriptor;
        private final Run run;
        private final Channel channel;
        private final LineCutter cutter = new LineCutter(room, this);

        Stream(int descriptor, Run run, Channel channel) {
            this.descriptor = descriptor;
            this.run = run;
            this.channel = channel;
        }

        @Override
        public void line(byte[] bytes, int from, int to, boolean cut) {
            try {
                output.line(run, channel, bytes, from, to, cut);
            } catch (RuntimeException | Error e) {
                complain(e);
            }
        }
    }

    /**
     * Starts the thread.
     *
     * @param poller the pump's from now on, and closed with it
     * @param target told of events, on that thread, with the moment at which they happened
     * @param output told of lines, on that thread
     */
    public OutputPump(Pipes pipes, Poller poller, EventSink target, OutputSink output) {
        this(pipes, poller, target, output, InstantSource.system());
    }

    OutputPump(Pipes pipes, Poller poller, EventSink target, OutputSink output, InstantSource clock) {
        this.pipes = pipes;
        this.poller = poller;
        this.target = target;
        this.output = output;
        this.clock = clock;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A pipe for a channel of a run that is about to start; its write end is the caller's to close, also if the run
     * does not start.
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
        if (events.add(event, clock.instant())) {
            poller.wake();
        }
    }

    /** After the event is queued: what is read comes later than it. */
    private void read(Run run) {
        for (Stream stream : List.copyOf(byRun.getOrDefault(run, List.of()))) {
            try {
                poller.add(stream.descriptor);
            } catch (ErrnoException | IllegalStateException e) {
                forget(stream);
                pipes.close(stream.descriptor);
                queue(unreadable(stream, e));
            }
        }
    }

    private static Event unreadable(Stream stream, RuntimeException failure) {
        return new Event.Degraded(stream.channel + " of " + stream.run.job().name() + "[" + stream.run.number()
                + "] is not read any more: " + failure.getMessage());
    }

    private void run() {
        while (!closed) {
            try {
                round();
            } catch (RuntimeException | Error e) {
                complain(e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        end();
    }

    private void round() {
        int count = poller.await(ready, unflushed ? 0 : -1);
        CountDownLatch flush = flushes.poll();
        tellEvents();
        for (int i = 0; i < count; i++) {
            readOnce(ready[i]);
        }
        if (flush != null) {
            List.copyOf(byDescriptor.values()).forEach(this::drain);
        }
        if (flush != null || count == 0 && unflushed) {
            unflushed = false;
            flushOutput();
        }
        if (flush != null) {
            flush.countDown();
            // Perhaps there is another.
            poller.wake();
        }
    }

    private void flushOutput() {
        try {
            output.flush();
        } catch (RuntimeException | Error e) {
            complain(e);
        }
    }

    /** Something of ours or of a sink's has failed; a sink that always fails is not told of each time. */
    private void complain(Throwable failure) {
        long now = System.nanoTime();
        if (now - lastComplaintNanos >= COMPLAINTS_APART_NANOS) {
            lastComplaintNanos = now;
            tell(new Event.HandlerFailed(failure), clock.instant());
        }
    }

    private void tell(Event event, Instant moment) {
        unflushed = true;
        try {
            target.accept(event, moment);
        } catch (RuntimeException | Error e) {
            complain(e);
        }
    }

    private void tellEvents() {
        for (Optional<Waiting> next = events.poll(); next.isPresent(); next = events.poll()) {
            Event event = next.get().event();
            if (event instanceof CronEvent.RunEnded ended) {
                List.copyOf(byRun.getOrDefault(ended.run(), List.of())).forEach(this::drain);
            }
            tell(event, next.get().moment());
        }
    }

    /** What is there now, and a line that has only begun. */
    private void drain(Stream stream) {
        int reads = 0;
        while (reads < MOST_READS_OF_A_DRAIN && readOnce(stream.descriptor)) {
            reads++;
        }
        stream.cutter.end();
    }

    /** Whether there was something. */
    private boolean readOnce(int descriptor) {
        Stream stream = byDescriptor.get(descriptor);
        if (stream == null) {
            return false;
        }
        int count;
        try {
            count = pipes.read(descriptor, buffer);
        } catch (ErrnoException e) {
            end(stream);
            tell(unreadable(stream, e), clock.instant());
            return false;
        }
        if (count > 0) {
            unflushed = true;
            stream.cutter.add(buffer, count);
        } else if (count == Pipes.END) {
            end(stream);
        }
        return count > 0;
    }

    private void end(Stream stream) {
        unflushed = true;
        stream.cutter.end();
        forget(stream);
        try {
            poller.remove(stream.descriptor);
        } finally {
            pipes.close(stream.descriptor);
        }
    }

    private void forget(Stream stream) {
        byDescriptor.remove(stream.descriptor);
        byRun.computeIfPresent(stream.run, (run, streams) -> {
            List<Stream> rest = new ArrayList<>(streams);
            rest.remove(stream);
            return rest.isEmpty() ? null : rest;
        });
    }

    /**
     * Waits until everything that is there now was told and written, lines that have only begun included: for the end
     * of the process.
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

    /** Ends the thread, and waits for that unless nobody reads the log; what is not yet told may be lost. */
    @Override
    public void close() {
        closed = true;
        poller.wake();
        try {
            thread.join(MOST_MILLIS_OF_CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        poller.close();
        for (Stream stream : List.copyOf(byDescriptor.values())) {
            forget(stream);
            pipes.close(stream.descriptor);
        }
    }
}
