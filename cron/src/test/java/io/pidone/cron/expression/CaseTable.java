package io.pidone.cron.expression;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of what other programs answer: tab-separated, the first line a header. */
final class CaseTable {

    private CaseTable() {
    }

    /** One row about an expression. */
    record Row(String dialect, String zoneName, String expression, String from, String expected, String origin) {

        ZoneId zone() {
            return ZoneId.of(zoneName);
        }

        Instant after() {
            return OffsetDateTime.parse(from).toInstant();
        }

        /** Empty for {@code none}. */
        Optional<Instant> fireTime() {
            return expected.equals("none") ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(expected).toInstant());
        }

        boolean asksValidity() {
            return from.equals("-");
        }
    }

    static List<Row> read(String name) throws IOException {
        try (InputStream in = CaseTable.class.getResourceAsStream("/cron-cases/" + name)) {
            List<Row> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] cells = line.split("\t", 6);
                if (!line.startsWith("#")) {
                    rows.add(new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]));
                }
            }
            return rows;
        }
    }
}
