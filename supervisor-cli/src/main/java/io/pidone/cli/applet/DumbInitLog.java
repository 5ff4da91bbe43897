package io.pidone.cli.applet;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ExitStatus;

/** Events in dumb-init's words, all to stderr and only in debug mode. */
final class DumbInitLog implements EventSink {

    private final Console console;
    private final boolean verbose;

    DumbInitLog(Console console, boolean verbose) {
        this.console = console;
        this.verbose = verbose;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return verbose;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.HandlerFailed failed) {
            console.err("[dumb-init] " + failed.message());
        }
        if (!verbose) {
            return;
        }
        if (event instanceof Event.ChildSpawned spawned) {
            debug("Child spawned with PID " + spawned.pid() + ".");
        } else if (event instanceof Event.SignalReceived received) {
            debug("Received signal " + received.signal().number() + ".");
        } else if (event instanceof Event.SignalForwarded forwarded) {
            if (!forwarded.received().equals(forwarded.sent())) {
                debug("Translating signal " + forwarded.received().number() + " to " + forwarded.sent().number()
                        + ".");
            }
            debug("Forwarded signal " + forwarded.sent().number() + " to children.");
        } else if (event instanceof Event.SignalDropped dropped) {
            debug("Translating signal " + dropped.signal().number() + " to 0.");
            debug("Not forwarding signal " + dropped.signal().number() + " to children (ignored).");
        } else if (event instanceof Event.OrphanReaped reaped) {
            ended(reaped.pid(), reaped.status());
        } else if (event instanceof Event.ChildReaped reaped) {
            ended(reaped.pid(), reaped.status());
        }
    }

    void ending(int code) {
        if (verbose) {
            debug("Child exited with status " + code + ". Goodbye.");
        }
    }

    private void ended(int pid, ExitStatus status) {
        debug("A child with PID " + pid + (status.exited()
                ? " exited with exit status " + status.code() + "."
                : " was terminated by signal " + status.signal().number() + "."));
    }

    private void debug(String message) {
        console.err("[dumb-init] " + message);
    }
}
