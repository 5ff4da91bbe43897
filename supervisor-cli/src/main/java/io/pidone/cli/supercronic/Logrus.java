package io.pidone.cli.supercronic;

import io.pidone.process.NativeText;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Messages with a level and fields, from a level on, as lines; errors are reported too. For any thread. */
final class Logrus {

    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    /**
     * What is written, and to where.
     *
     * @param threshold the lowest level that is written
     * @param split whether warnings and above go to stderr and the rest to stdout; otherwise everything to stderr
     */
    record Style(LogFormat format, Level threshold, boolean split) {
    }

    /** The clock's second as text: most messages come in the same second as the one before. */
    private record Second(long epoch, String text) {
    }

    private final Style style;
    private final LineWriter writer;
    private final InstantSource clock;
    private final ZoneId zone;
    private final ErrorReports reports;
    private volatile Second second = new Second(Long.MIN_VALUE, "");

    Logrus(Style style, LineWriter writer, InstantSource clock, ZoneId zone, ErrorReports reports) {
        this.style = style;
        this.writer = writer;
        this.clock = clock;
        this.zone = zone;
        this.reports = reports;
    }

    boolean wants(Level level) {
        return level.compareTo(style.threshold) >= 0;
    }

    void log(Level level, String message) {
        log(level, message, Fields.NONE);
    }

    void log(Level level, String message, Fields fields) {
        if (wants(level)) {
            write(level, message, style.format.render(level, fields));
        }
        if (level.compareTo(Level.ERROR) >= 0) {
            reports.report(level == Level.FATAL, message, fields.values());
        }
    }

    /** The fields as {@link #write} takes them. */
    String render(Level level, Fields fields) {
        return style.format.render(level, fields);
    }

    /** Writes a message whose fields are rendered already. */
    void write(Level level, String message, String fields) {
        StringBuilder line = new StringBuilder(message.length() + fields.length() + 64);
        style.format.append(line, level, now(), message, fields);
        byte[] bytes = NativeText.encode(line.append('\n').toString());
        writer.write(bytes, bytes.length, !style.split || level.compareTo(Level.WARNING) >= 0);
    }

    void flush() {
        writer.flush();
    }

    private String now() {
        Instant now = clock.instant();
        Second last = second;
        if (last.epoch != now.getEpochSecond()) {
            last = new Second(now.getEpochSecond(), RFC_3339.format(now.atZone(zone)));
            second = last;
        }
        return last.text;
    }
}
