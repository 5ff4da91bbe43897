package io.pidone.cli.cron;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pidone.cron.Channel;
import io.pidone.cron.OutputSink;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.NativeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * What happens, and what commands write, as lines: {@code TIME ENTRY[RUN] ...}, or one JSON object each. What commands
 * write to stdout goes to stdout, all else to stderr. For one thread.
 */
final class CronLog implements EventSink, OutputSink {

    /** Where lines go; waits for a slow reader, and never throws. */
    interface Writer {

        void write(Channel channel, byte[] bytes, int length);
    }

    private static final int BATCH_BYTES = 64 << 10;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    /** By the order of channels, of one length. */
    private static final byte[][] MARKS = {
        "stdout: ".getBytes(StandardCharsets.US_ASCII), "stderr: ".getBytes(StandardCharsets.US_ASCII)};
    private static final byte[] CUT = " [cut]".getBytes(StandardCharsets.US_ASCII);

    private final Writer writer;
    private final Event.Severity threshold;
    private final boolean json;
    private final InstantSource clock;
    private final ZoneId zone;
    private final JsonFactory factory = new JsonFactory();
    private final LogText[] batches = {new LogText(), new LogText()};
    private long formattedMs = Long.MIN_VALUE;
    private byte[] formatted = {};
    private Run lastRun;
    private byte[] lastName = {};

    /** Says what is at least as grave as {@code threshold}; output always. */
    CronLog(Writer writer, Event.Severity threshold, boolean json, InstantSource clock, ZoneId zone) {
        this.writer = writer;
        this.threshold = threshold;
        this.json = json;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity.compareTo(threshold) <= 0;
    }

    @Override
    public void accept(Event event) {
        if (!wants(event.severity())) {
            return;
        }
        LogText batch = batch(Channel.STDERR);
        if (json) {
            batch.plain(jsonOf(event)).plain('\n');
        } else {
            String level = event.severity() == Event.Severity.INFO ? "" : event.severity() + " ";
            byte[] text = NativeText.encode(level + subject(event) + event.message());
            batch.plain(time()).plain(' ').escaped(text, 0, text.length).plain('\n');
        }
        flushIfFull(Channel.STDERR);
    }

    /** The entry, and the run if it is about one. */
    private static String subject(Event event) {
        if (!(event instanceof CronEvent about)) {
            return "";
        }
        Object run = about.fields().get("run");
        return about.job().name() + (run == null ? ": " : "[" + run + "] ");
    }

    @Override
    public void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
        LogText batch = batch(channel);
        if (json) {
            batch.plain(jsonOf(run, channel, new String(bytes, from, to - from, StandardCharsets.UTF_8), cut));
        } else {
            batch.plain(time()).plain(' ').plain(name(run, channel)).escaped(bytes, from, to);
            if (cut) {
                batch.plain(CUT);
            }
        }
        batch.plain('\n');
        flushIfFull(channel);
    }

    private byte[] name(Run run, Channel channel) {
        byte[] name = run.equals(lastRun) ? lastName
                : NativeText.encode(run.job().name() + "[" + run.number() + "] ");
        lastRun = run;
        lastName = name;
        byte[] marked = new byte[name.length + MARKS[0].length];
        System.arraycopy(name, 0, marked, 0, name.length);
        System.arraycopy(MARKS[channel.ordinal()], 0, marked, name.length, MARKS[0].length);
        return marked;
    }

    private byte[] time() {
        long now = clock.millis();
        if (now != formattedMs) {
            formattedMs = now;
            formatted = TIME.format(Instant.ofEpochMilli(now).atZone(zone)).getBytes(StandardCharsets.US_ASCII);
        }
        return formatted;
    }

    private byte[] jsonOf(Event event) {
        return object(generator -> {
            generator.writeStringField("level", event.severity().name().toLowerCase(Locale.ROOT));
            generator.writeStringField("event", event.name());
            for (Map.Entry<String, Object> field : event.fields().entrySet()) {
                write(generator, field.getKey(), field.getValue());
            }
            generator.writeStringField("message", event.message());
        });
    }

    private static void write(JsonGenerator generator, String key, Object value) throws IOException {
        generator.writeFieldName(key);
        if (value instanceof Number) {
            generator.writeNumber(value.toString());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else {
            generator.writeString(String.valueOf(value));
        }
    }

    private byte[] jsonOf(Run run, Channel channel, String text, boolean cut) {
        return object(generator -> {
            generator.writeStringField("level", "info");
            generator.writeStringField("event", "output_line");
            generator.writeStringField("entry", run.job().name());
            generator.writeNumberField("run", run.number());
            generator.writeStringField("channel", channel.toString());
            if (cut) {
                generator.writeBooleanField("cut", true);
            }
            generator.writeStringField("message", text);
        });
    }

    /** Writes the fields of an object. */
    private interface Fields {

        void write(JsonGenerator generator) throws IOException;
    }

    private byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            generator.writeStartObject();
            generator.writeStringField("time", new String(time(), StandardCharsets.US_ASCII));
            fields.write(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /** Both may lead to one place: what came first is written first. */
    private LogText batch(Channel channel) {
        flush(channel == Channel.STDOUT ? Channel.STDERR : Channel.STDOUT);
        return batches[channel.ordinal()];
    }

    private void flushIfFull(Channel channel) {
        if (batches[channel.ordinal()].length() >= BATCH_BYTES) {
            flush(channel);
        }
    }

    private void flush(Channel channel) {
        LogText batch = batches[channel.ordinal()];
        if (batch.length() > 0) {
            writer.write(channel, batch.bytes(), batch.length());
            batch.clear();
        }
    }

    @Override
    public void flush() {
        flush(Channel.STDOUT);
        flush(Channel.STDERR);
    }
}
