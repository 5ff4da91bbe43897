package io.pidone.cli.supercronic;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a time zone is called at a moment, {@code CEST}, as the system's time zone files have it: the runtime's own
 * names differ for many zones and load the texts of a language.
 *
 * <p>A file has two blocks, see tzfile(5) and RFC 8536: a header of 44 bytes each, then the transitions as times, their
 * types, the types (offset, daylight, index of the name), the names; the second block has times of 8 bytes.
 */
final class ZoneAbbreviation {

    private static final Path FILES = Path.of("/usr/share/zoneinfo");
    private static final int MAGIC = 0x545a6966;
    private static final int LARGEST = 100_000;
    private static final int HEADER = 44;
    private static final int COUNTS = 20;
    private static final int TYPE_BYTES = 6;

    /** How much of each a block holds. */
    private record Counts(int universal, int standard, int leaps, int times, int types, int characters) {

        int bytes(int timeBytes) {
            return times * (timeBytes + 1) + types * TYPE_BYTES + characters + leaps * (timeBytes + 4) + standard
                    + universal;
        }
    }

    private ZoneAbbreviation() {
    }

    /** Empty where the system has no such file. */
    static Optional<String> of(Instant instant, ZoneId zone) {
        try {
            Path file = FILES.resolve(zone.getId()).normalize();
            if (!file.startsWith(FILES) || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            int offset = zone.getRules().getOffset(instant).getTotalSeconds();
            return find(ByteBuffer.wrap(Files.readAllBytes(file)), instant.getEpochSecond(), offset);
        } catch (IOException | BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The name of the last transition up to then; beyond the last of all, the newest one of the same offset. */
    private static Optional<String> find(ByteBuffer file, long second, int offset) {
        Counts first = counts(file, 0);
        int start = HEADER + first.bytes(Integer.BYTES);
        Counts counts = counts(file, start);
        int times = start + HEADER;
        int indices = times + counts.times * Long.BYTES;
        int types = indices + counts.times;
        int names = types + counts.types * TYPE_BYTES;
        for (int i = counts.times - 1; i >= -1; i--) {
            int type = i < 0 ? 0 : file.get(indices + i) & 0xff;
            boolean begun = i < 0 || file.getLong(times + i * Long.BYTES) <= second;
            if (begun && file.getInt(types + type * TYPE_BYTES) == offset) {
                return Optional.of(text(file, names + (file.get(types + type * TYPE_BYTES + 5) & 0xff)));
            }
        }
        return Optional.empty();
    }

    private static Counts counts(ByteBuffer file, int at) {
        if (file.getInt(at) != MAGIC) {
            throw new IllegalArgumentException("not a time zone file");
        }
        int from = at + COUNTS;
        return new Counts(file.getInt(from), file.getInt(from + 4), file.getInt(from + 8), file.getInt(from + 12),
                file.getInt(from + 16), file.getInt(from + 20));
    }

    private static String text(ByteBuffer file, int from) {
        int end = from;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), from, end - from, StandardCharsets.US_ASCII);
    }
}
