package io.pidone.cli.listen;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import java.util.List;

/** Tells watchers of what they want, on the thread where it happens, and then its own target of everything. */
final class Watched implements EventSink {

    private final List<EventSink> watchers;
    private final EventSink target;

    Watched(List<EventSink> watchers, EventSink target) {
        this.watchers = List.copyOf(watchers);
        this.target = target;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return target.wants(severity) || watchers.stream().anyMatch(sink -> sink.wants(severity));
    }

    @Override
    public void accept(Event event) {
        for (EventSink watcher : watchers) {
            if (watcher.wants(event.severity())) {
                watcher.accept(event);
            }
        }
        target.accept(event);
    }
}
