package io.pidone.cli.init;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NativeText;
import io.pidone.process.linux.LinuxOutput;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** Events as lines on stderr, for people or as JSON; a line that stderr does not take at once is dropped. */
final class MessageLog implements EventSink {

    private final LinuxOutput output;
    private final Event.Severity threshold;
    private final boolean json;
    private final InstantSource clock;

    MessageLog(LinuxOutput output, int verbosity, boolean json, InstantSource clock) {
        this.output = output;
        this.json = json;
        this.clock = clock;
        threshold = Event.Severity.toldAt(verbosity);
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity.compareTo(threshold) <= 0;
    }

    @Override
    public void accept(Event event) {
        if (wants(event.severity())) {
            try {
                byte[] line = NativeText.encode(json ? json(event) : "pidone: " + event.message() + "\n");
                output.write(line, line.length);
            } catch (RuntimeException | Error e) {
                // A message is never worth the process.
            }
        }
    }

    private String json(Event event) {
        StringBuilder line = new StringBuilder("{\"time\":\"").append(clock.instant()).append('"');
        append(line, "level", event.severity().name().toLowerCase(Locale.ROOT));
        append(line, "event", event.name());
        for (Map.Entry<String, Object> field : event.fields().entrySet()) {
            append(line, field.getKey(), field.getValue());
        }
        append(line, "message", event.message());
        return line.append("}\n").toString();
    }

    private static void append(StringBuilder line, String key, Object value) {
        line.append(",\"").append(key).append("\":");
        if (value instanceof Number) {
            line.append(value);
            return;
        }
        line.append('"');
        for (char c : value.toString().toCharArray()) {
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
