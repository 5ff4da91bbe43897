package io.pidone.cli.supercronic;

import io.pidone.process.ExitStatus;
import io.pidone.process.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Values as Go writes them: quoted strings, durations, moments, signals, the end of a process. */
final class GoText {

    private static final String[] SIGNALS = {
        "hangup", "interrupt", "quit", "illegal instruction", "trace/breakpoint trap", "aborted", "bus error",
        "floating point exception", "killed", "user defined signal 1", "segmentation fault", "user defined signal 2",
        "broken pipe", "alarm clock", "terminated", "stack fault", "child exited", "continued", "stopped (signal)",
        "stopped", "stopped (tty input)", "stopped (tty output)", "urgent I/O condition", "CPU time limit exceeded",
        "file size limit exceeded", "virtual timer expired", "profiling timer expired", "window changed",
        "I/O possible", "power failure", "bad system call",
    };

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

    /** Bytes that are no UTF-8 stand for themselves in strings, see NativeText. */
    private static final int FIRST_STRAY_BYTE = 0xDC80;
    private static final int LAST_STRAY_BYTE = 0xDCFF;

    private GoText() {
    }

    /** Whether the character stands for a byte that is not UTF-8, or for nothing at all. */
    static boolean isStray(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** As {@code %q} writes it. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        appendQuoted(out, text);
        return out.toString();
    }

    /** Appends it as {@code %q} writes it. */
    static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                out.append(c);
                i++;
            } else {
                int point = text.codePointAt(i);
                appendEscaped(out, point);
                i += Character.charCount(point);
            }
        }
        out.append('"');
    }

    private static void appendEscaped(StringBuilder out, int point) {
        switch (point) {
            case '"', '\\' -> out.append('\\').append((char) point);
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0xb -> out.append("\\v");
            default -> {
                if (point < ' ' || point == 0x7f) {
                    hex(out.append("\\x"), point, 2);
                } else if (point >= FIRST_STRAY_BYTE && point <= LAST_STRAY_BYTE) {
                    hex(out.append("\\x"), point - FIRST_STRAY_BYTE + 0x80, 2);
                } else if (isStray(point)) {
                    out.append("\\ufffd");
                } else if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else if (point < 0x10000) {
                    hex(out.append("\\u"), point, 4);
                } else {
                    hex(out.append("\\U"), point, 8);
                }
            }
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Appends a number of so many hexadecimal digits. */
    static void hex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit(value >> shift & 0xf, 16));
        }
    }

    /** {@code 1h0m5s}, {@code 1.5s}, {@code 20ms}, {@code 3µs}. */
    static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        } else if (nanos < 1_000) {
            return nanos + "ns";
        } else if (nanos < 1_000_000) {
            return decimal(nanos, 1_000) + "µs";
        } else if (nanos < 1_000_000_000) {
            return decimal(nanos, 1_000_000) + "ms";
        }
        long minutes = nanos / 60_000_000_000L;
        String seconds = decimal(nanos % 60_000_000_000L, 1_000_000_000) + "s";
        return (minutes >= 60 ? minutes / 60 + "h" : "") + (minutes > 0 ? minutes % 60 + "m" : "") + seconds;
    }

    /** {@code value / unit} without zeros at the end; the unit is a power of ten. */
    private static String decimal(long value, long unit) {
        long rest = value % unit;
        if (rest == 0) {
            return Long.toString(value / unit);
        }
        String fraction = Long.toString(unit + rest).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return value / unit + "." + fraction.substring(0, end);
    }

    /** {@code 2024-12-24 09:53:00 +0100 CET}. */
    static String time(Instant instant, ZoneId zone) {
        OffsetDateTime time = instant.atZone(zone).toOffsetDateTime();
        String fraction = instant.getNano() == 0 ? "" : decimal(instant.getNano(), 1_000_000_000).substring(1);
        return SECONDS.format(time) + fraction + " " + OFFSET.format(time) + " " + abbreviation(instant, zone);
    }

    private static String abbreviation(Instant instant, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        Optional<String> known = ZoneAbbreviation.of(instant, zone);
        if (known.isPresent()) {
            return known.get();
        }
        // As for a zone without a name: the offset without its zeros.
        String text = OFFSET.format(offset);
        return offset.equals(ZoneOffset.UTC) ? "UTC" : text.endsWith("00") ? text.substring(0, 3) : text;
    }

    /** {@code terminated}, {@code user defined signal 2}. */
    static String signal(Signal signal) {
        int number = signal.number();
        return number <= SIGNALS.length ? SIGNALS[number - 1] : "signal " + number;
    }

    /** {@code exit status 3}, {@code signal: killed}. */
    static String status(ExitStatus status) {
        if (status.exited()) {
            return "exit status " + status.code();
        }
        return "signal: " + signal(status.signal()) + (status.coreDumped() ? " (core dumped)" : "");
    }

    /** The number that wait4(2) stored. */
    static int waitStatus(ExitStatus status) {
        return status.exited() ? status.code() << 8
                : status.signal().number() | (status.coreDumped() ? 0x80 : 0);
    }
}
