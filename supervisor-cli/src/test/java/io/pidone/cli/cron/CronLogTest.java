package io.pidone.cli.cron;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.ThreadMXBean;
import io.pidone.cli.cron.CronLog.Style;
import io.pidone.cron.Channel;
import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.Work;
import io.pidone.event.Event;
import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import io.pidone.process.linux.Linux;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Lines as people and machines read them, whatever commands write and wherever the lines go. */
class CronLogTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final byte[] ODD = "tab\tesc\033[31m nul\0 del\177 c1\u009b grüße 🐧 \"quoted\\\" "
            .getBytes(StandardCharsets.UTF_8);

    /** {@code stdout|bytes}, one for each write. */
    private final List<String> writes = new ArrayList<>();
    private ErrnoException failure;
    private Channel failing;
    private Instant now = Instant.parse("2026-11-25T01:40:00.012Z");

    private static Run run(String name) {
        Work work = new Work() {

            @Override
            public Running start(Run run, Consumer<Ended> ended) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String description() {
                return "/usr/bin/" + name;
            }
        };
        Job job = new Job(name, name, "", 0, CronExpression.parse("@daily"), BERLIN, work, EntrySettings.DEFAULT);
        return new Run(job, 12, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private final Run run = run("backup");

    private CronLog log(Style style) {
        return new CronLog((channel, bytes, length) -> {
            if (failure != null && channel == failing) {
                throw failure;
            }
            writes.add(channel + "|" + new String(bytes, 0, length, StandardCharsets.UTF_8));
        }, Event.Severity.INFO, style, () -> now, BERLIN);
    }

    private static void line(CronLog log, Run run, Channel channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        log.line(run, channel, bytes, 0, bytes.length, false);
    }

    private String written() {
        return String.join("", writes);
    }

    /** The fields of one JSON object. */
    private static Map<String, Object> parse(String object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(object)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                fields.put(key, value == JsonToken.VALUE_STRING ? parser.getText()
                        : value.isNumeric() ? parser.getNumberValue() : parser.getBooleanValue());
            }
            assertThat(parser.nextToken()).as("nothing after it").isNull();
        } catch (IOException e) {
            throw new AssertionError(object, e);
        }
        return fields;
    }

    @Test
    void shouldWriteLinesForPeople() {
        CronLog log = log(Style.TEXT);
        log.accept(new CronEvent.RunStarted(run, 7));
        line(log, run, Channel.STDOUT, "text");
        line(log, run, Channel.STDERR, "oh");
        log.accept(new CronEvent.RunNotStarted(run, "no such file", 127));
        log.accept(new Event.Degraded("take care"));
        log.accept(new CronEvent.EntryFired(run.job(), Instant.EPOCH));
        log.flush();
        String time = "2026-11-25T02:40:00.012+01:00 ";
        assertThat(writes).containsExactly(
                "stderr|" + time + "backup[12] started: /usr/bin/backup\n",
                "stdout|" + time + "backup[12] stdout: text\n",
                "stderr|" + time + "backup[12] stderr: oh\n"
                        + time + "ERROR backup[12] cannot be started: no such file\n" + time + "WARN take care\n");
    }

    @Test
    void shouldColourWhatIsGraveForATerminal() {
        CronLog log = log(Style.COLOURED);
        line(log, run, Channel.STDERR, "oh");
        log.accept(new Event.Degraded("take care"));
        log.flush();
        assertThat(written()).contains(" backup[12] \033[33mstderr\033[0m: oh\n", " \033[33mWARN\033[0m take care\n");
    }

    @Test
    void shouldWriteObjectsForMachines() {
        CronLog log = log(Style.JSON);
        log.accept(new CronEvent.RunStarted(run, 7));
        line(log, run, Channel.STDERR, "oh");
        log.line(run, Channel.STDERR, new byte[] {'.', 'a', '.'}, 1, 2, true);
        log.flush();
        List<String> lines = written().substring("stderr|".length()).lines().toList();
        assertThat(parse(lines.get(0))).containsExactlyEntriesOf(ordered("time", "2026-11-25T02:40:00.012+01:00",
                "level", "info", "event", "run_started", "entry", "backup", "run", 12, "pid", 7, "attempt", 1,
                "fire_time", "1970-01-01T00:00:00Z", "message", "started: /usr/bin/backup"));
        assertThat(parse(lines.get(1))).containsExactlyEntriesOf(ordered("time", "2026-11-25T02:40:00.012+01:00",
                "level", "info", "event", "output_line", "entry", "backup", "run", 12, "channel", "stderr",
                "message", "oh"));
        assertThat(parse(lines.get(2))).containsEntry("cut", true).containsEntry("message", "a");
        assertThat(lines).hasSize(3);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        return Event.ordered(keysAndValues);
    }

    @Test
    void shouldEscapeWhatCouldHarmPeople() {
        CronLog log = log(Style.TEXT);
        log.line(run, Channel.STDOUT, ODD, 0, ODD.length, true);
        byte[] bad = {'b', (byte) 0xff, (byte) 0xc3, 'x', (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xe2};
        log.line(run, Channel.STDOUT, bad, 0, bad.length, false);
        log.flush();
        assertThat(written().replaceAll("(?m)^.*stdout: ", "").lines()).containsExactly(
                "tab\tesc\\x1b[31m nul\\x00 del\\x7f c1\\xc2\\x9b grüße 🐧 \"quoted\\\"  [cut]",
                "b\\xff\\xc3x\\xed\\xa0\\x80\\xe2");
    }

    @Test
    void shouldGiveMachinesTheTextItselfInHarmlessBytes() {
        CronLog log = log(Style.JSON);
        log.line(run, Channel.STDOUT, ODD, 0, ODD.length, false);
        byte[] bad = {'b', (byte) 0xff, (byte) 0xc3, 'x', (byte) 0xe2};
        log.line(run, Channel.STDOUT, bad, 0, bad.length, false);
        log.flush();
        List<String> lines = written().substring("stdout|".length()).lines().toList();
        assertThat(parse(lines.get(0))).containsEntry("message", new String(ODD, StandardCharsets.UTF_8));
        assertThat(parse(lines.get(1))).containsEntry("message", "b\uFFFD\uFFFDx\uFFFD");
        assertThat(lines.get(0)).matches("[^\\x00-\\x1f\\x7f-\\x9f]*");
    }

    /** Eight bytes are looked at together: a special one may stand anywhere among them. */
    @Test
    void shouldFindWhatIsToBeEscapedAtEveryPlace() {
        for (int b = 0; b < 256; b++) {
            for (int length = 1; length < 20; length++) {
                for (int at = 0; at < length; at++) {
                    byte[] bytes = "~ ".repeat(10).substring(0, length).getBytes(StandardCharsets.US_ASCII);
                    bytes[at] = (byte) b;
                    String before = new String(bytes, 0, at, StandardCharsets.US_ASCII);
                    String after = new String(bytes, at + 1, length - at - 1, StandardCharsets.US_ASCII);
                    boolean plain = b >= ' ' && b < 0x7f || b == '\t';
                    LogText text = new LogText().escaped(bytes, 0, length);
                    assertThat(new String(text.copy(), StandardCharsets.UTF_8))
                            .isEqualTo(before + (plain ? "" + (char) b : String.format("\\x%02x", b)) + after);
                    LogText json = new LogText().plain("{\"m\":\"").json(bytes, 0, length).plain("\"}");
                    assertThat(parse(new String(json.copy(), StandardCharsets.UTF_8)))
                            .containsEntry("m", before + (b < 0x80 ? (char) b : '\uFFFD') + after);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void shouldLetNoNameOrMessageForgeALine(Style style) {
        CronLog log = log(style);
        Run forged = run("a\nforged\033[31m\uDCFF");
        log.accept(new CronEvent.RunStarted(forged, 7));
        line(log, forged, Channel.STDERR, "text");
        log.flush();
        assertThat(written().lines()).hasSize(2);
        assertThat(written()).doesNotContain("\033[31m");
        if (style == Style.JSON) {
            assertThat(written().substring("stderr|".length()).lines().map(CronLogTest::parse))
                    .allSatisfy(fields -> assertThat(fields).containsEntry("entry", "a\nforged\033[31m\uFFFD"));
        }
    }

    @Test
    void shouldKeepLinesUntilThereAreManyAndNeverSplitOne() {
        CronLog log = log(Style.TEXT);
        for (int i = 0; i < 1000; i++) {
            line(log, run, Channel.STDOUT, "x".repeat(100));
        }
        assertThat(writes).hasSize(2).allSatisfy(write -> assertThat(write).endsWith("\n").hasSizeBetween(64 << 10,
                (64 << 10) + 200));
        log.flush();
        assertThat(writes).hasSize(3);
        assertThat(written().lines()).hasSize(1000);
    }

    @Test
    void shouldTellTheMomentOfEachLineAndEvent() {
        CronLog log = log(Style.TEXT);
        line(log, run, Channel.STDERR, "first");
        log.flush();
        now = Instant.parse("2026-11-25T01:40:01.500Z");
        line(log, run, Channel.STDERR, "second");
        log.accept(new Event.Degraded("late"), Instant.parse("2026-11-25T01:39:59Z"));
        log.flush();
        assertThat(written().replace("stderr|", "").lines().map(line -> line.substring(14, 29)))
                .containsExactly("40:00.012+01:00", "40:01.500+01:00", "39:59.000+01:00");
    }

    @Test
    void shouldSayWhatCouldNotBeWritten() {
        CronLog log = log(Style.TEXT);
        failing = Channel.STDOUT;
        failure = new ErrnoException("write", Errno.ENOSPC);
        for (int i = 0; i < 3; i++) {
            line(log, run, Channel.STDOUT, "lost");
            line(log, run, Channel.STDOUT, "lost");
            log.flush();
        }
        assertThat(written()).containsOnlyOnce(
                "WARN stdout cannot be written to: write: No space left on device; its lines are lost until it can\n");
        failure = null;
        line(log, run, Channel.STDOUT, "here again");
        log.flush();
        assertThat(written()).contains("stdout|\n", "stdout: here again\n",
                "WARN stdout can be written to again; lost: 6 lines\n");
    }

    @Test
    void shouldGoOnWhenNobodyReadsStdoutAndStderr() {
        Pipes pipes = Linux.open().pipes();
        Pipes.Pipe pipe = pipes.open();
        pipes.close(pipe.readEnd());
        CronLog log = new CronLog((channel, bytes, length) -> pipes.write(pipe.writeEnd(), bytes, length),
                Event.Severity.INFO, Style.TEXT, () -> now, BERLIN);
        for (int i = 0; i < 10_000; i++) {
            line(log, run, i % 3 == 0 ? Channel.STDERR : Channel.STDOUT, "x".repeat(100));
        }
        log.accept(new Event.Degraded("still here"));
        log.flush();
        pipes.close(pipe.writeEnd());
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void shouldAllocateNothingPerLine(Style style) {
        CronLog log = new CronLog((channel, bytes, length) -> { }, Event.Severity.INFO, style, () -> now, BERLIN);
        byte[] bytes = "a line that is neither long nor short".getBytes(StandardCharsets.US_ASCII);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 300_000; i++) {
            if (i == 100_000) {
                before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            }
            log.line(run, Channel.STDOUT, bytes, 0, bytes.length, false);
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).as("bytes for 200 000 lines").isLessThan(200_000);
    }
}
