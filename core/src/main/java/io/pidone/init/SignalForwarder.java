package io.pidone.init;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Delivery;
import io.pidone.process.Pid;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Signal;
import io.pidone.reaper.EventLoop;
import io.pidone.reaper.ProcessTree;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Passes signals on: rewritten, held back, to whom the options say. Once the command has ended, to what is left of the
 * tree. For the loop's thread.
 */
final class SignalForwarder {

    private final InitOptions options;
    private final ProcessSystem system;
    private final ProcessTree tree;
    private final EventLoop loop;
    private final EventSink sink;
    private final Map<Signal, EventLoop.Timer> held = new HashMap<>();
    private final Set<Integer> terminatedGroups = new HashSet<>();
    private Optional<Pid> child = Optional.empty();

    SignalForwarder(InitOptions options, ProcessSystem system, ProcessTree tree, EventLoop loop, EventSink sink) {
        this.options = options;
        this.system = system;
        this.tree = tree;
        this.loop = loop;
        this.sink = sink;
    }

    void childSpawned(Pid pid) {
        child = Optional.of(pid);
    }

    void childEnded() {
        child = Optional.empty();
    }

    /** The groups that have had a terminating signal: they are on their way and need no second one. */
    Set<Integer> terminatedGroups() {
        return terminatedGroups;
    }

    /** Forwards a signal, at once or later; {@code whenSent} runs with it. */
    void forward(Signal received, Runnable whenSent) {
        Duration delay = options.delays().get(received);
        if (delay != null && !held.containsKey(received)) {
            sink.accept(new Event.SignalDelayed(received, delay));
            held.put(received, loop.after(delay, () -> {
                held.put(received, null);
                forwardNow(received, whenSent);
            }));
            return;
        }
        EventLoop.Timer timer = held.get(received);
        if (timer != null) {
            timer.cancel();
            held.put(received, null);
        }
        forwardNow(received, whenSent);
    }

    private void forwardNow(Signal received, Runnable whenSent) {
        Optional<Signal> rewritten = options.rewrites().getOrDefault(received, Optional.of(received));
        if (rewritten.isEmpty()) {
            sink.accept(new Event.SignalDropped(received));
            return;
        }
        Signal signal = rewritten.get();
        ForwardTo target = child.isPresent() ? options.forward() : ForwardTo.TREE;
        Delivery outcome = send(signal, target);
        if (sink.wants(Event.Severity.DEBUG)) {
            sink.accept(new Event.SignalForwarded(received, signal, target.toString(), outcome));
        }
        whenSent.run();
    }

    private Delivery send(Signal signal, ForwardTo target) {
        if (target == ForwardTo.TREE) {
            return tree.signal(signal, Set.of());
        }
        int pid = child.orElseThrow().value();
        if (Terminating.is(signal)) {
            terminatedGroups.add(pid);
        }
        return switch (target) {
            case CHILD -> system.signal(child.orElseThrow(), signal);
            case SESSION -> tree.signalSession(pid, signal);
            default -> system.signal(new ProcessGroup(pid), signal);
        };
    }
}
