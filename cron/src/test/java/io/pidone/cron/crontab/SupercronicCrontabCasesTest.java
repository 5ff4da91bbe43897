package io.pidone.cron.crontab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidone.cron.expression.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Every row of the table of what supercronic's crontab parser makes of a text. */
class SupercronicCrontabCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldReadCrontabsAsSupercronicDoes() throws IOException {
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String line : table().split("\n")) {
            if (line.startsWith("#")) {
                continue;
            }
            rows++;
            String[] cells = line.split("\t");
            JsonNode expected = expected(cells[1]);
            JsonNode actual = read(JSON.readValue(cells[0], String.class));
            if (!actual.equals(expected)) {
                wrong.add(cells[0] + ": expected " + expected + " but was " + actual);
            }
        }
        Assertions.assertThat(wrong).isEmpty();
        Assertions.assertThat(rows).isEqualTo(102);
    }

    private static JsonNode expected(String cell) throws IOException {
        if (cell.equals("error")) {
            return JSON.getNodeFactory().textNode("error");
        }
        if (cell.startsWith("panic")) {
            // The one row is "FOO=": supercronic crashes, an empty variable is meant.
            return JSON.readTree(
                    "{\"Shell\":\"/bin/sh\",\"Timezone\":\"Local\",\"Environ\":{\"FOO\":\"\"},\"Jobs\":[]}");
        }
        return JSON.readTree(cell);
    }

    private static JsonNode read(String text) {
        try {
            return json(new CrontabReader(CrontabSyntax.of(Dialect.SUPERCRONIC)).parse("crontab", text));
        } catch (CrontabException e) {
            return JSON.getNodeFactory().textNode("error");
        }
    }

    private static JsonNode json(Crontab crontab) {
        ObjectNode node = JSON.createObjectNode();
        node.put("Shell", crontab.shell());
        node.put("Timezone", crontab.zone().map(ZoneId::getId).orElse("Local"));
        ObjectNode environment = node.putObject("Environ");
        crontab.environment().forEach(environment::put);
        ArrayNode jobs = node.putArray("Jobs");
        for (Entry entry : crontab.entries()) {
            jobs.addObject().put("Schedule", entry.schedule().text()).put("Command", entry.command())
                    .put("Position", entry.position());
        }
        return node;
    }

    private static String table() throws IOException {
        try (InputStream in = SupercronicCrontabCasesTest.class.getResourceAsStream("/cron-cases/crontab-parse.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
