package io.pidone.event;

import io.pidone.process.Delivery;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that happened to a process that is looked after. Other modules have kinds of their own. */
public interface Event {

    /** How much it matters to a person who reads along, the gravest first. */
    enum Severity {
        ERROR, WARN, INFO, DEBUG, TRACE;

        private static final Severity[] ALL = values();

        /** The least grave that is told at a verbosity: -1 errors, 0 warnings, 1 what happens, up to 3. */
        public static Severity toldAt(int verbosity) {
            return ALL[Math.max(0, Math.min(ALL.length - 1, verbosity + 1))];
        }
    }

    Severity severity();

    /** The kind of event in snake_case and past tense, the value of the log key {@code event}. */
    String name();

    /** One sentence for people, without a period. */
    String message();

    /** The facts by their log keys, in a fixed order. */
    Map<String, Object> fields();

    /** A map in the order of its arguments: key, value, key, value. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }

    /** The program begins, with these effective settings by their log keys. */
    record Started(String version, int pid, Map<String, Object> settings) implements Event {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "started";
        }

        @Override
        public String message() {
            StringBuilder text = new StringBuilder("version " + version + ", pid " + pid);
            settings.forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
            return text.toString();
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>(Map.of("pid", pid));
            fields.putAll(settings);
            return fields;
        }
    }

    /** The command runs. */
    record ChildSpawned(int pid, List<String> command) implements Event {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "child_spawned";
        }

        @Override
        public String message() {
            return "spawned child " + pid + ": " + String.join(" ", command);
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("pid", pid);
        }
    }

    /** A child that was spawned here has ended and was reaped. */
    record ChildReaped(int pid, ExitStatus status, ResourceUsage usage) implements Event {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "child_reaped";
        }

        @Override
        public String message() {
            return "child " + pid + " " + status;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("pid", pid, "exit_code", status.shellCode(), "user_s", usage.userMicros() / 1e6,
                    "system_s", usage.systemMicros() / 1e6, "max_rss_kib", usage.maxRssKiB());
        }
    }

    /** A process that others had left behind has ended and was reaped. */
    record OrphanReaped(int pid, ExitStatus status, boolean warn) implements Event {

        @Override
        public Severity severity() {
            return warn ? Severity.WARN : Severity.DEBUG;
        }

        @Override
        public String name() {
            return "orphan_reaped";
        }

        @Override
        public String message() {
            return "reaped orphan " + pid + ", " + status
                    + (warn ? ": its parent ended without waiting for it" : "");
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("pid", pid, "exit_code", status.shellCode());
        }
    }

    /** A living process lost its parent and is a child of this one now. */
    record OrphanAdopted(int pid, boolean terminated) implements Event {

        @Override
        public Severity severity() {
            return terminated ? Severity.INFO : Severity.DEBUG;
        }

        @Override
        public String name() {
            return "orphan_adopted";
        }

        @Override
        public String message() {
            return "adopted orphan " + pid + (terminated ? " and sent it SIGTERM" : "");
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("pid", pid);
        }
    }

    /** There is no further zombie, and perhaps no child at all. */
    record ZombiesReaped(boolean childless) implements Event {

        @Override
        public Severity severity() {
            return Severity.TRACE;
        }

        @Override
        public String name() {
            return "zombies_reaped";
        }

        @Override
        public String message() {
            return childless ? "no zombie and no child is left" : "no zombie is left";
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("childless", childless);
        }
    }

    /** A signal came, SIGCHLD included. */
    record SignalReceived(Signal signal) implements Event {

        @Override
        public Severity severity() {
            return Severity.TRACE;
        }

        @Override
        public String name() {
            return "signal_received";
        }

        @Override
        public String message() {
            return "received " + signal;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("signal", signal);
        }
    }

    /** A signal was passed on; {@code target} is a forwarding mode. */
    record SignalForwarded(Signal received, Signal sent, String target, Delivery outcome) implements Event {

        @Override
        public Severity severity() {
            return Severity.DEBUG;
        }

        @Override
        public String name() {
            return "signal_forwarded";
        }

        @Override
        public String message() {
            return "forwarded " + received + (sent.equals(received) ? "" : " as " + sent) + " to the " + target
                    + (outcome == Delivery.SENT ? "" : ": " + outcome.name().toLowerCase().replace('_', ' '));
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("signal", received, "sent", sent, "target", target, "outcome", outcome);
        }
    }

    /** A signal was dropped, as its rewriting says. */
    record SignalDropped(Signal signal) implements Event {

        @Override
        public Severity severity() {
            return Severity.DEBUG;
        }

        @Override
        public String name() {
            return "signal_dropped";
        }

        @Override
        public String message() {
            return "dropped " + signal;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("signal", signal);
        }
    }

    /** A signal is held back for some time before it is passed on. */
    record SignalDelayed(Signal signal, Duration delay) implements Event {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "signal_delayed";
        }

        @Override
        public String message() {
            return "holding " + signal + " back for " + delay.toMillis() + " ms; a second one goes at once";
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("signal", signal, "duration_s", delay.toMillis() / 1e3);
        }
    }

    /** Time was up, and a stronger signal was sent. */
    record StopEscalated(String reason, Signal signal) implements Event {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "stop_escalated";
        }

        @Override
        public String message() {
            return reason + ": sent " + signal;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("reason", reason, "signal", signal);
        }
    }

    /** Something does not work here, and something lesser is done instead; the message carries the remedy. */
    record Degraded(String message) implements Event {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "degraded";
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of();
        }
    }

    /** The wall clock was set by {@code step}, or the machine slept for so long. */
    record ClockJumped(Duration step) implements Event {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "clock_jumped";
        }

        @Override
        public String message() {
            return "the wall clock jumped " + (step.isNegative() ? "back" : "forward") + " by "
                    + step.abs().toMillis() / 1e3 + " s";
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("step_s", step.toMillis() / 1e3);
        }
    }

    /** A handler failed; the loop goes on. */
    record HandlerFailed(Throwable cause) implements Event {

        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String name() {
            return "handler_failed";
        }

        @Override
        public String message() {
            return "internal error, going on: " + cause;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("reason", cause.toString());
        }
    }
}
