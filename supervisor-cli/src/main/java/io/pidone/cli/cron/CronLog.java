package io.pidone.cli.cron;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pidone.cron.Channel;
import io.pidone.cron.OutputSink;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ErrnoException;
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
 *
 * <p>A line of output costs copies of bytes and no object: who it is of is rendered once for a run, and the time once
 * for a millisecond. Lines are kept until there are 64 KiB, or {@link #flush}.
 */
final class CronLog implements EventSink, OutputSink {

    /** Where lines go; waits for a slow reader. */
    interface Writer {

        /**
         * Writes all of it.
         *
         * @throws ErrnoException if that cannot be: nobody reads, the disk is full
         */
        void write(Channel channel, byte[] bytes, int length);
    }

    /** How lines look. */
    enum Style {
        TEXT,
        /** Text for a terminal, on which stderr is. */
        COLOURED,
        JSON
    }

    private static final int BATCH_BYTES = 64 << 10;
    /** Lines that come at once, within some microseconds, need not each ask for the time. */
    private static final int LINES_PER_READING = 16;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final byte[] OBJECT = ascii("{\"time\":\"");
    private static final byte[] CUT_IN_JSON = ascii(",\"cut\":true");
    private static final byte[] MESSAGE = ascii(",\"message\":\"");
    private static final byte[] END_OF_OBJECT = ascii("\"}\n");
    private static final byte[] CUT = ascii(" [cut]");
    private static final byte[] NEWLINE = ascii("\n");
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String NORMAL = "\033[0m";

    private final Writer writer;
    private final Event.Severity threshold;
    private final Style style;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Batch[] batches = {new Batch(Channel.STDOUT), new Batch(Channel.STDERR)};
    private final LogText scratch = new LogText();
    private long formattedMs = Long.MIN_VALUE;
    private byte[] formatted = {};
    private final byte[][] subjects = new byte[Channel.values().length][];
    private Run headRun;
    private Channel headChannel;
    private long headMs;
    private byte[] head = {};
    private long readMs;
    private int linesOfReading;

    /** Lines on their way to one channel, and how many of them could not be written. */
    private static final class Batch {

        private final Channel channel;
        private final LogText text = new LogText();
        private int lines;
        private long lost;

        Batch(Channel channel) {
            this.channel = channel;
        }
    }

    /** Jackson's for the first event in JSON: text does without. */
    private static final class Json {

        private static final JsonFactory FACTORY = new JsonFactory();
    }

    /** Says what is at least as grave as {@code threshold}; output always. */
    CronLog(Writer writer, Event.Severity threshold, Style style, InstantSource clock, ZoneId zone) {
        this.writer = writer;
        this.threshold = threshold;
        this.style = style;
        this.clock = clock;
        this.zone = zone;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean wants(Event.Severity severity) {
        return severity.compareTo(threshold) <= 0;
    }

    @Override
    public void accept(Event event) {
        accept(event, clock.instant());
    }

    @Override
    public void accept(Event event, Instant moment) {
        if (!wants(event.severity())) {
            return;
        }
        byte[] time = time(moment.toEpochMilli());
        Batch batch = batch(Channel.STDERR);
        if (style == Style.JSON) {
            batch.text.plain(jsonOf(event, time)).plain(NEWLINE);
        } else {
            batch.text.plain(time).plain(' ').plain(level(event.severity())).escaped(subject(event) + event.message())
                    .plain(NEWLINE);
        }
        added(batch);
    }

    /** What most messages have is not said. */
    private String level(Event.Severity severity) {
        if (severity == Event.Severity.INFO) {
            return "";
        }
        boolean grave = severity == Event.Severity.ERROR || severity == Event.Severity.WARN;
        return style != Style.COLOURED || !grave ? severity + " "
                : (severity == Event.Severity.ERROR ? RED : YELLOW) + severity + NORMAL + " ";
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
        Batch batch = batch(channel);
        batch.text.plain(head(run, channel));
        if (style == Style.JSON) {
            if (cut) {
                batch.text.plain(CUT_IN_JSON);
            }
            batch.text.plain(MESSAGE).json(bytes, from, to).plain(END_OF_OBJECT);
        } else {
            batch.text.escaped(bytes, from, to);
            if (cut) {
                batch.text.plain(CUT);
            }
            batch.text.plain(NEWLINE);
        }
        added(batch);
    }

    /** What stands before the text: the same bytes for all lines of a channel in a millisecond. */
    private byte[] head(Run run, Channel channel) {
        if (linesOfReading == 0) {
            readMs = clock.millis();
        }
        linesOfReading = (linesOfReading + 1) % LINES_PER_READING;
        if (run != headRun) {
            for (Channel each : Channel.values()) {
                subjects[each.ordinal()] = style == Style.JSON ? subjectInJson(run, each) : subjectText(run, each);
            }
        }
        if (run != headRun || channel != headChannel || readMs != headMs) {
            headRun = run;
            headChannel = channel;
            headMs = readMs;
            scratch.clear();
            if (style == Style.JSON) {
                scratch.plain(OBJECT);
            }
            head = scratch.plain(time(readMs)).plain(subjects[channel.ordinal()]).copy();
        }
        return head;
    }

    private byte[] subjectText(Run run, Channel channel) {
        String mark = style == Style.COLOURED && channel == Channel.STDERR ? YELLOW + channel + NORMAL + ": "
                : channel + ": ";
        return scratch.clear().plain(' ').escaped(run.job().name()).plain("[" + run.number() + "] " + mark).copy();
    }

    private byte[] subjectInJson(Run run, Channel channel) {
        return scratch.clear().plain("\",\"level\":\"info\",\"event\":\"output_line\",\"entry\":\"")
                .json(run.job().name()).plain("\",\"run\":" + run.number() + ",\"channel\":\"" + channel + "\"").copy();
    }

    private byte[] time(long epochMs) {
        if (epochMs != formattedMs) {
            formattedMs = epochMs;
            formatted = ascii(TIME.format(Instant.ofEpochMilli(epochMs).atZone(zone)));
        }
        return formatted;
    }

    private byte[] jsonOf(Event event, byte[] time) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.FACTORY.createGenerator(bytes)) {
            generator.writeStartObject();
            generator.writeStringField("time", new String(time, StandardCharsets.US_ASCII));
            generator.writeStringField("level", event.severity().name().toLowerCase(Locale.ROOT));
            generator.writeStringField("event", event.name());
            for (Map.Entry<String, Object> field : event.fields().entrySet()) {
                write(generator, field.getKey(), field.getValue());
            }
            write(generator, "message", event.message());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Escaped here: of a byte that was not UTF-8 the generator would make half a surrogate pair, which strict readers
     * refuse, and it leaves DEL and the controls of C1 as they are.
     */
    private void write(JsonGenerator generator, String key, Object value) throws IOException {
        generator.writeFieldName(key);
        if (value instanceof Number) {
            generator.writeNumber(value.toString());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else {
            scratch.clear().json(String.valueOf(value));
            generator.writeRawUTF8String(scratch.bytes(), 0, scratch.length());
        }
    }

    /** Both may lead to one place: what came first is written first. */
    private Batch batch(Channel channel) {
        flush(batches[channel == Channel.STDOUT ? Channel.STDERR.ordinal() : Channel.STDOUT.ordinal()]);
        return batches[channel.ordinal()];
    }

    private void added(Batch batch) {
        batch.lines++;
        if (batch.text.length() >= BATCH_BYTES) {
            flush(batch);
        }
    }

    @Override
    public void flush() {
        for (Batch batch : batches) {
            flush(batch);
        }
        // What flushing stdout had to tell.
        flush(batches[Channel.STDERR.ordinal()]);
    }

    private void flush(Batch batch) {
        if (batch.lines == 0) {
            return;
        }
        int lines = batch.lines;
        batch.lines = 0;
        linesOfReading = 0;
        try {
            if (batch.lost > 0) {
                // The last line may have been torn.
                writer.write(batch.channel, NEWLINE, NEWLINE.length);
            }
            writer.write(batch.channel, batch.text.bytes(), batch.text.length());
            batch.text.clear();
            written(batch);
        } catch (ErrnoException e) {
            batch.text.clear();
            lost(batch, lines, e);
        }
    }

    private void written(Batch batch) {
        if (batch.lost > 0) {
            long lost = batch.lost;
            batch.lost = 0;
            accept(new Event.Degraded(batch.channel + " can be written to again; lost: " + lost
                    + (lost == 1 ? " line" : " lines")));
        }
    }

    private void lost(Batch batch, int lines, ErrnoException failure) {
        boolean first = batch.lost == 0;
        batch.lost += lines;
        if (first) {
            accept(new Event.Degraded(batch.channel + " cannot be written to: " + failure.getMessage()
                    + "; its lines are lost until it can"));
        }
    }
}
