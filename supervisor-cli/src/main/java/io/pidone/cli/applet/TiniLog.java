package io.pidone.cli.applet;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Pid;
import io.pidone.process.Signal;

/** Events in tini's words: fatal and warnings to stderr, the rest to stdout, each from its own verbosity on. */
final class TiniLog implements EventSink {

    private final Console console;
    private final String tag;
    private final int verbosity;

    TiniLog(Console console, String tag, int verbosity) {
        this.console = console;
        this.tag = tag;
        this.verbosity = verbosity;
    }

    static String tag(Pid self) {
        return "tini (" + self + ")] ";
    }

    void fatal(String message) {
        console.err("[FATAL " + tag + message);
    }

    void warn(String message) {
        if (verbosity > 0) {
            console.err("[WARN  " + tag + message);
        }
    }

    private void info(String message) {
        if (verbosity > 1) {
            console.out("[INFO  " + tag + message);
        }
    }

    private void debug(String message) {
        if (verbosity > 2) {
            console.out("[DEBUG " + tag + message);
        }
    }

    void trace(String message) {
        if (verbosity > 3) {
            console.out("[TRACE " + tag + message);
        }
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity.ordinal() <= verbosity || verbosity > 2;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.ChildSpawned spawned) {
            info("Spawned child process '" + spawned.command().get(0) + "' with pid '" + spawned.pid() + "'");
        } else if (event instanceof Event.SignalReceived received && received.signal() == Signal.CHLD) {
            debug("Received SIGCHLD");
        } else if (event instanceof Event.SignalForwarded forwarded) {
            debug("Passing signal: '" + TiniNames.describe(forwarded.sent()) + "'");
        } else if (event instanceof Event.OrphanReaped reaped) {
            debug("Reaped child with pid: '" + reaped.pid() + "'");
            if (reaped.warn()) {
                warn("Reaped zombie process with pid=" + reaped.pid());
            }
        } else if (event instanceof Event.ChildReaped reaped) {
            debug("Reaped child with pid: '" + reaped.pid() + "'");
            info(reaped.status().exited()
                    ? "Main child exited normally (with status '" + reaped.status().code() + "')"
                    : "Main child exited with signal (with signal '" + TiniNames.describe(reaped.status().signal())
                            + "')");
        } else if (event instanceof Event.ZombiesReaped reaped) {
            trace(reaped.childless() ? "No child to wait" : "No child to reap");
        } else if (event instanceof Event.HandlerFailed failed) {
            fatal(failed.message());
        }
    }
}
