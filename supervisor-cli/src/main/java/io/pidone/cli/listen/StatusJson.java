package io.pidone.cli.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.JobStatus;
import io.pidone.cron.schedule.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * What the page shows, as JSON: a part of the entries that match a filter, and the output of one. A part, so that
 * neither this process nor a browser holds the text of ten thousand. Thread-safe.
 */
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

    /**
     * The answer to a query.
     *
     * @param query {@code filter}: a part of a name or command; {@code show}: running, failed or passed (left out or
     *     missed), otherwise all; {@code sort}: name or next, otherwise as in the crontab; {@code offset},
     *     {@code limit}; {@code entry}: the key of one whose output is wanted
     * @throws Observed.UnresponsiveException if the scheduler's thread does not answer
     */
    Answer answer(Map<String, String> query) throws IOException {
        List<JobStatus> all = observed.status(Observed.SHORT);
        List<JobStatus> matching = all.stream().filter(named(query.getOrDefault("filter", "")))
                .filter(shown(query.getOrDefault("show", ""))).sorted(order(query.getOrDefault("sort", ""))).toList();
        int offset = Math.min(number(query.get("offset"), 0), matching.size());
        int limit = Math.min(number(query.get("limit"), DEFAULT_LIMIT), MOST);
        List<JobStatus> part = matching.subList(offset, Math.min(offset + limit, matching.size()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CRC32 crc = new CRC32();
        try (JsonGenerator json = factory.createGenerator(new CheckedOutputStream(bytes, crc))) {
            json.writeStartObject();
            json.writeNumberField("now_ms", clock.millis());
            // From here on: the time alone is no news.
            json.flush();
            crc.reset();
            json.writeBooleanField("ready", observed.ready());
            json.writeNumberField("entries_total", all.size());
            json.writeNumberField("running_total", all.stream().mapToInt(status -> status.running().size()).sum());
            json.writeNumberField("failed_total", all.stream().filter(this::failed).count());
            json.writeNumberField("passed_total", all.stream().filter(this::passed).count());
            json.writeNumberField("matching", matching.size());
            json.writeArrayFieldStart("entries");
            for (JobStatus status : part) {
                write(json, status, status.job().key().equals(query.get("entry")));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return new Answer(Answer.OK, "application/json", Answer.tag(crc.getValue(), bytes.size()),
                new Answer.Whole(bytes.toByteArray()));
    }

    private static Predicate<JobStatus> named(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return status -> wanted.isEmpty() || status.job().name().toLowerCase(Locale.ROOT).contains(wanted)
                || status.job().work().description().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private Predicate<JobStatus> shown(String which) {
        return switch (which) {
            case "running" -> status -> !status.running().isEmpty();
            case "failed" -> this::failed;
            case "passed" -> this::passed;
            default -> status -> true;
        };
    }

    private static Comparator<JobStatus> order(String by) {
        return switch (by) {
            case "name" -> Comparator.comparing(status -> status.job().name(), String.CASE_INSENSITIVE_ORDER);
            case "next" -> Comparator.comparing(status -> status.next().orElse(Instant.MAX));
            default -> (a, b) -> 0;
        };
    }

    private boolean failed(JobStatus status) {
        return recent.last(status.job().key()).filter(outcome -> outcome != Outcome.SUCCESS).isPresent();
    }

    private boolean passed(JobStatus status) {
        return !recent.passed(status.job().key()).equals(RecentRuns.Passed.NOTHING);
    }

    private static int number(String text, int otherwise) {
        return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private void write(JsonGenerator json, JobStatus status, boolean withOutput) throws IOException {
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
        RecentRuns.Passed passed = recent.passed(job.key());
        json.writeNumberField("skipped", passed.skipped());
        json.writeNumberField("missed", passed.missed());
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
        if (withOutput) {
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
            json.writeStringField("outcome", run.outcome().word());
            if (!run.text().isEmpty()) {
                json.writeStringField("text", run.text());
            }
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
