package io.pidone.cli.cron;

import io.pidone.cron.Channel;
import io.pidone.cron.OutputSink;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import java.time.Instant;
import java.util.List;

/** Tells several of what happens, each of what it wants. */
final class Fanout implements EventSink, OutputSink {

    private final List<EventSink> events;
    private final List<OutputSink> outputs;

    Fanout(List<EventSink> events, List<OutputSink> outputs) {
        this.events = List.copyOf(events);
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return events.stream().anyMatch(sink -> sink.wants(severity));
    }

    @Override
    public void accept(Event event) {
        for (EventSink sink : events) {
            if (sink.wants(event.severity())) {
                sink.accept(event);
            }
        }
    }

    @Override
    public void accept(Event event, Instant moment) {
        for (EventSink sink : events) {
            if (sink.wants(event.severity())) {
                sink.accept(event, moment);
            }
        }
    }

    @Override
    public void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        for (OutputSink output : outputs) {
            output.line(run, channel, bytes, from, to, cut);
        }
    }

    @Override
    public void flush() {
        outputs.forEach(OutputSink::flush);
    }
}
