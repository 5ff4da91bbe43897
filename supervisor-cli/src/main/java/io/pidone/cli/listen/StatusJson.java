package io.pidone.cli.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.cron.schedule.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page shows, as JSON: a part of the entries that match a filter, and the details of one. Thread-safe. */
final class StatusJson {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 200;

    private final Observed observed;
    private final RecentRuns recent;
    private final InstantSource clock;
    private final JsonFactory factory = new JsonFactory();

    StatusJson(Observed observed, RecentRuns recent, InstantSource clock) {
        this.observed = observed;
        this.recent = recent;
        this.clock = clock;
    }

    /** The answer to {@code filter}, {@code offset}, {@code limit} and {@code entry}. */
    byte[] answer(Map<String, String> query) throws IOException {
        List<JobStatus> all = observed.status();
        String filter = query.getOrDefault("filter", "").toLowerCase(Locale.ROOT);
        List<JobStatus> matching = all.stream().filter(status -> matches(status.job(), filter)).toList();
        int offset = Math.min(number(query.get("offset"), 0), matching.size());
        int limit = Math.min(number(query.get("limit"), DEFAULT_LIMIT), MOST);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("now_ms", clock.millis());
            json.writeBooleanField("ready", observed.ready());
            json.writeNumberField("entries_total", all.size());
            json.writeNumberField("running_total", all.stream().mapToInt(status -> status.running().size()).sum());
            json.writeNumberField("matching", matching.size());
            json.writeArrayFieldStart("entries");
            for (JobStatus status : matching.subList(offset, Math.min(offset + limit, matching.size()))) {
                write(json, status, status.job().key().equals(query.get("entry")));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static boolean matches(Job job, String filter) {
        return filter.isEmpty() || job.name().toLowerCase(Locale.ROOT).contains(filter)
                || job.work().description().toLowerCase(Locale.ROOT).contains(filter);
    }

    private static int number(String text, int otherwise) {
        return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private void write(JsonGenerator json, JobStatus status, boolean inDetail) throws IOException {
        Job job = status.job();
        json.writeStartObject();
        json.writeStringField("key", job.key());
        json.writeStringField("name", job.name());
        json.writeStringField("origin", job.origin());
        json.writeStringField("schedule", job.schedule().text());
        json.writeStringField("words", job.schedule().describe());
        json.writeStringField("zone", job.zone().getId());
        json.writeStringField("command", job.work().description());
        json.writeNumberField("runs", status.runs());
        if (status.next().isPresent()) {
            json.writeNumberField("next_ms", status.next().get().toEpochMilli());
        }
        json.writeArrayFieldStart("running");
        for (Run run : status.running()) {
            json.writeStartObject();
            json.writeNumberField("run", run.number());
            json.writeNumberField("started_ms", run.startedAt().toEpochMilli());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeRecent(json, job.key());
        if (inDetail) {
            writeLines(json, job.key());
        }
        json.writeEndObject();
    }

    private void writeRecent(JsonGenerator json, String key) throws IOException {
        json.writeArrayFieldStart("recent");
        for (RecentRuns.Ended run : recent.runs(key)) {
            json.writeStartObject();
            json.writeNumberField("run", run.number());
            json.writeNumberField("started_ms", run.startedAtMs());
            json.writeNumberField("seconds", run.seconds());
            json.writeStringField("outcome", run.outcome());
            json.writeStringField("text", run.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeLines(JsonGenerator json, String key) throws IOException {
        json.writeArrayFieldStart("lines");
        for (RecentRuns.Line line : recent.lines(key)) {
            json.writeStartObject();
            json.writeNumberField("run", line.run());
            json.writeStringField("channel", line.channel().toString());
            json.writeStringField("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
