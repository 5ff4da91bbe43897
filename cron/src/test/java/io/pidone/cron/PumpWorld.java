package io.pidone.cron;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.cron.schedule.Work;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Pid;
import io.pidone.process.Pipes;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Redirect;
import io.pidone.process.Signal;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec;
import io.pidone.process.WaitResult;
import io.pidone.process.Waited;
import io.pidone.process.linux.Linux;
import io.pidone.process.linux.Startup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Real children whose output is pumped, and what a log is told of them; the test's thread is the loop's. */
final class PumpWorld implements EventSink, OutputSink, AutoCloseable {

    static final Linux LINUX = Linux.open();
    static final Pipes PIPES = LINUX.pipes();
    private static final ProcessSystem SYSTEM = LINUX.processSystem(Startup.embedded());

    private static final Work NOTHING = new Work() {

        @Override
        public Running start(Run run, Consumer<Ended> ended) {
            throw new IllegalStateException("not of a scheduler");
        }

        @Override
        public String description() {
            return "a command";
        }
    };

    /** Called before each line is noted. */
    volatile Consumer<String> onLine = line -> { };
    /** Called before each event is noted. */
    volatile Consumer<Event> onEvent = event -> { };

    private final List<String> told = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();
    private final List<Pid> children = new ArrayList<>();
    private final WaitResult result = new WaitResult();

    /** What was told so far, in order: {@code started a}, {@code a stdout text}, {@code ended a}. */
    List<String> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** When the events happened, as they were told. */
    List<Instant> moments() {
        synchronized (told) {
            return List.copyOf(moments);
        }
    }

    static Run run(String name) {
        Job job = new Job(name, name, "", 0, CronExpression.parse("@daily"), ZoneOffset.UTC, NOTHING,
                EntrySettings.DEFAULT);
        return new Run(job, 1, 1, Instant.EPOCH, Instant.EPOCH);
    }

    /** Starts a shell's script as a run, as the daemon does. */
    Pid start(OutputPump pump, Run run, String script) {
        SpawnSpec spec = SpawnSpec.of("/bin/sh", "-c", script).withRedirect(new Redirect.Null(0));
        List<Integer> ours = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            int descriptor = pump.open(run, channel).writeEnd();
            ours.add(descriptor);
            spec = spec.withRedirect(new Redirect.Duplicate(channel.ordinal() + 1, descriptor));
        }
        try {
            Pid child = SYSTEM.spawn(spec);
            children.add(child);
            pump.events().accept(new CronEvent.RunStarted(run, child.value()));
            return child;
        } catch (SpawnException e) {
            throw new IllegalStateException(e);
        } finally {
            ours.forEach(PIPES::close);
        }
    }

    /** Waits for its end and tells of it. */
    void end(OutputPump pump, Run run, Pid child) {
        RecordedEvents.await(() -> {
            if (SYSTEM.waitFor(child, result) != Waited.ENDED) {
                throw new AssertionError(run.job().name() + " has not ended");
            }
        });
        pump.events().accept(new CronEvent.RunEnded(run,
                new RunOutcome(result.status(), result.usage(), Duration.ZERO, false, Optional.empty())));
    }

    void complete(OutputPump pump, Run run, String script) {
        end(pump, run, start(pump, run, script));
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return true;
    }

    @Override
    public void accept(Event event) {
        throw new IllegalStateException("told without its moment");
    }

    @Override
    public void accept(Event event, Instant moment) {
        onEvent.accept(event);
        String what = event.message();
        if (event instanceof CronEvent.RunStarted started) {
            what = "started " + started.job().name();
        } else if (event instanceof CronEvent.RunEnded ended) {
            what = "ended " + ended.job().name();
        }
        synchronized (told) {
            moments.add(moment);
            told.add(what);
        }
    }

    @Override
    public void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        String line = run.job().name() + " " + channel + " " + text + (cut ? "..." : "");
        onLine.accept(line);
        synchronized (told) {
            told.add(line);
        }
    }

    @Override
    public void close() {
        for (Pid child : children) {
            SYSTEM.signal(ProcessGroup.ledBy(child), Signal.KILL);
            SYSTEM.waitFor(child, result);
        }
    }
}
