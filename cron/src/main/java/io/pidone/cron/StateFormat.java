package io.pidone.cron;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON of a state file: one line a job, ordered by key.
 *
 * <pre>{@code
 * {
 *   "format" : "pidone cron state",
 *   "version" : 1,
 *   "jobs" : {
 *     "backup" : { "schedule" : "0 2 * * *", "since" : "2026-11-25T02:00:00Z", ... }
 *   }
 * }
 * }</pre>
 *
 * <p>A reader leaves out what it does not know, so that a field can be added without a new version.
 */
final class StateFormat {

    private static final String NAME = "pidone cron state";
    private static final int VERSION = 1;
    private static final int JOB_LEVEL = 2;

    /** Keys are as long as a command: no table of names, no limit of names. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE).build())
            .build();

    /** It is not a state, or not a whole one. */
    static final class CorruptException extends Exception {

        private CorruptException(String message) {
            super(message);
        }
    }

    private StateFormat() {
    }

    /** Writes a state; flushes {@code out} and leaves it open. */
    static void write(Writer out, Map<String, JobState> jobs) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new JobPerLine()));
            json.writeStartObject();
            json.writeStringField("format", NAME);
            json.writeNumberField("version", VERSION);
            json.writeObjectFieldStart("jobs");
            for (Map.Entry<String, JobState> job : jobs.entrySet()) {
                json.writeFieldName(job.getKey());
                write(json, job.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(JsonGenerator json, JobState job) throws IOException {
        json.writeStartObject();
        json.writeStringField("schedule", job.schedule());
        json.writeStringField("since", job.since().toString());
        if (job.lastFireTime().isPresent()) {
            json.writeStringField("last_fire_time", job.lastFireTime().get().toString());
        }
        json.writeNumberField("runs", job.runs());
        json.writeNumberField("successes", job.successes());
        json.writeNumberField("failures", job.failures());
        if (job.lastRun().isPresent()) {
            JobState.LastRun run = job.lastRun().get();
            json.writeObjectFieldStart("last_run");
            json.writeNumberField("number", run.number());
            json.writeStringField("started_at", run.startedAt().toString());
            json.writeNumberField("duration_s", BigDecimal.valueOf(run.duration().toNanos() / 1000, 6));
            json.writeNumberField("exit_code", run.exitCode());
            json.writeBooleanField("success", run.success());
            json.writeEndObject();
        }
        if (job.absentSince().isPresent()) {
            json.writeStringField("absent_since", job.absentSince().get().toString());
        }
        json.writeEndObject();
    }

    private static final class JobPerLine implements DefaultPrettyPrinter.Indenter {

        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            boolean inJob = json.getOutputContext().getNestingDepth() > JOB_LEVEL;
            json.writeRaw(inJob ? " " : "\n" + "  ".repeat(level));
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }

    /** Reads a state of UTF-8. */
    static Map<String, JobState> read(byte[] bytes) throws CorruptException {
        if (bytes.length == 0) {
            throw new CorruptException("it is empty");
        }
        try (JsonParser json = JSON.createParser(bytes)) {
            Map<String, JobState> jobs = new HashMap<>();
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            String format = "";
            int version = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "format" -> format = text(json);
                    case "version" -> version = json.getIntValue();
                    case "jobs" -> readJobs(json, jobs);
                    default -> json.skipChildren();
                }
            }
            if (!format.equals(NAME) || version != VERSION) {
                throw new CorruptException("it is not a " + NAME + " of version " + VERSION);
            }
            if (json.nextToken() != null) {
                throw new CorruptException("something follows its end");
            }
            return jobs;
        } catch (JacksonException e) {
            String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new CorruptException(e.getOriginalMessage() + where);
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new CorruptException(e.getMessage());
        }
    }

    private static void readJobs(JsonParser json, Map<String, JobState> jobs) throws IOException, CorruptException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            jobs.put(key, readJob(json));
        }
    }

    private static JobState readJob(JsonParser json) throws IOException, CorruptException {
        String schedule = null;
        Instant since = null;
        Optional<Instant> lastFireTime = Optional.empty();
        Optional<Instant> absentSince = Optional.empty();
        Optional<JobState.LastRun> lastRun = Optional.empty();
        long runs = 0;
        long successes = 0;
        long failures = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "schedule" -> schedule = text(json);
                case "since" -> since = Instant.parse(text(json));
                case "last_fire_time" -> lastFireTime = Optional.of(Instant.parse(text(json)));
                case "runs" -> runs = json.getLongValue();
                case "successes" -> successes = json.getLongValue();
                case "failures" -> failures = json.getLongValue();
                case "last_run" -> lastRun = Optional.of(readRun(json));
                case "absent_since" -> absentSince = Optional.of(Instant.parse(text(json)));
                default -> json.skipChildren();
            }
        }
        if (schedule == null || since == null) {
            throw new CorruptException("a job lacks its schedule or since when it is known");
        }
        return new JobState(schedule, since, lastFireTime, runs, successes, failures, lastRun, absentSince);
    }

    private static JobState.LastRun readRun(JsonParser json) throws IOException, CorruptException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        long number = 0;
        Instant startedAt = null;
        Duration duration = Duration.ZERO;
        int exitCode = 0;
        boolean success = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "number" -> number = json.getLongValue();
                case "started_at" -> startedAt = Instant.parse(text(json));
                case "duration_s" -> duration = Duration.ofNanos(Math.round(json.getDoubleValue() * 1e6) * 1000);
                case "exit_code" -> exitCode = json.getIntValue();
                case "success" -> success = json.getBooleanValue();
                default -> json.skipChildren();
            }
        }
        if (startedAt == null) {
            throw new CorruptException("a run lacks its start");
        }
        return new JobState.LastRun(number, startedAt, duration, exitCode, success);
    }

    private static String text(JsonParser json) throws IOException, CorruptException {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static void expect(JsonParser json, JsonToken found, JsonToken wanted) throws CorruptException {
        if (found != wanted) {
            throw new CorruptException(wanted + " expected in line " + json.currentLocation().getLineNr() + ", not "
                    + (found == null ? "the end" : found));
        }
    }
}
