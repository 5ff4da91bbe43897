package io.pidone.cron;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.crontab.Diagnostic;
import io.pidone.event.Event;
import io.pidone.process.Signal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Something that happened to a daemon as a whole. */
public sealed interface DaemonEvent extends Event {

    /** Crontabs were read and hold from now on; {@code again} if others held before. */
    record CrontabLoaded(List<String> files, Crontab crontab, boolean again) implements DaemonEvent {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return again ? "crontab_reloaded" : "crontab_loaded";
        }

        @Override
        public String message() {
            int entries = crontab.entries().size();
            return (again ? "reloaded " : "loaded ") + String.join(", ", files) + ": " + entries
                    + (entries == 1 ? " entry" : " entries");
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("files", String.join(" ", files), "entries", crontab.entries().size());
        }
    }

    /** Something in a crontab is allowed but hardly meant. */
    record CrontabDoubtful(Diagnostic warning) implements DaemonEvent {

        @Override
        public Severity severity() {
            return Severity.WARN;
        }

        @Override
        public String name() {
            return "crontab_doubtful";
        }

        @Override
        public String message() {
            return warning.toString();
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("file", warning.file(), "line", warning.line());
        }
    }

    /** Changed crontabs cannot be used; the earlier ones stay. */
    record CrontabRefused(CrontabException cause) implements DaemonEvent {

        private static final int MOST_SHOWN = 20;

        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String name() {
            return "crontab_refused";
        }

        @Override
        public String message() {
            int count = cause.errors().size();
            String more = count > MOST_SHOWN ? "; and " + (count - MOST_SHOWN) + " more" : "";
            return "the changed crontab is not used, the earlier one stays: " + cause.errors().stream()
                    .limit(MOST_SHOWN).map(Diagnostic::toString).collect(Collectors.joining("; ")) + more;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("errors", cause.errors().size());
        }
    }

    /** The stop begins: nothing is fired any more; {@code running} runs go on. */
    record StopBegun(Signal signal, int running) implements DaemonEvent {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "stop_begun";
        }

        @Override
        public String message() {
            String what = running == 0 ? "" : running == 1 ? "; waiting for 1 run to end"
                    : "; waiting for " + running + " runs to end";
            return "received " + signal + ", stopping" + what;
        }

        @Override
        public Map<String, Object> fields() {
            return Event.ordered("signal", signal, "running", running);
        }
    }

    /** Everything has ended. */
    record Stopped() implements DaemonEvent {

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String name() {
            return "stopped";
        }

        @Override
        public String message() {
            return "stopped";
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of();
        }
    }
}
