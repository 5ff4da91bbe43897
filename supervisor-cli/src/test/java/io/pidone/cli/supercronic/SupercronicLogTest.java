package io.pidone.cli.supercronic;

import io.pidone.cron.Channel;
import io.pidone.cron.DaemonEvent;
import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.Seeds;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Overlap;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.cron.schedule.Work;
import io.pidone.event.Event;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import io.pidone.process.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Lines to the letter: what logrus makes of what supercronic says. */
class SupercronicLogTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String TIME = "2024-12-24T09:53:00+01:00";
    private static final String TEXT = "time=\"" + TIME + "\" level=";
    private static final String FIELDS =
            " iteration=4 job.command=\"echo \\\"hello\\\"\" job.position=2 job.schedule=\"* * * * *\"";
    private static final String JOB = FIELDS.replace(" iteration=4", "");

    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private Instant now = Instant.parse("2024-12-24T08:53:00.123Z");
    private SupercronicLog log = log(new TextFormat(), Level.INFO, false);

    private SupercronicLog log(LogFormat format, Level threshold, boolean split) {
        InstantSource clock = () -> now;
        Logrus logrus = new Logrus(new Logrus.Style(format, threshold, split),
                (bytes, length, stderr) -> (stderr ? err : out).add(
                        new String(bytes, 0, length, StandardCharsets.UTF_8)), clock, BERLIN, new ErrorReports() {

                            @Override
                            public void report(boolean fatal, String message, Map<String, Object> fields) {
                                reported.add((fatal ? "fatal " : "error ") + message + " " + fields);
                            }

                            @Override
                            public void close() {
                                // Nothing was opened.
                            }
                        });
        return new SupercronicLog(logrus, clock, BERLIN, true);
    }

    private record Echo() implements Work {

        @Override
        public Running start(Run run, Consumer<Ended> ended) throws StartException {
            throw new StartException("not here", 127, null);
        }

        @Override
        public String description() {
            return "echo \"hello\"";
        }
    }

    private static Run run(Overlap overlap) {
        Job job = new Job("k", "crontab:3", "crontab:3", 2,
                CronExpression.parse("* * * * *", Dialect.SUPERCRONIC, Seeds.NONE), BERLIN, new Echo(),
                EntrySettings.DEFAULT.withOverlap(overlap));
        return new Run(job, 5, 1, Instant.parse("2024-12-24T08:53:00Z"), Instant.parse("2024-12-24T08:53:00.001Z"));
    }

    private static CronEvent ended(ExitStatus status) {
        return new CronEvent.RunEnded(run(Overlap.SKIP), new RunOutcome(status, new ResourceUsage(0, 0, 0),
                Duration.ofSeconds(1), false, Optional.empty()));
    }

    private void line(String text, boolean cut) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        log.line(run(Overlap.SKIP), Channel.STDERR, bytes, 0, bytes.length, cut);
    }

    @Test
    void shouldTellOfARun() {
        log.accept(new CronEvent.EntryFired(run(Overlap.SKIP).job(), now));
        log.accept(new CronEvent.RunStarted(run(Overlap.SKIP), 77));
        line("hello  world", false);
        log.accept(ended(ExitStatus.exited(0)));
        assertThat(err).containsExactly(
                TEXT + "info msg=starting" + FIELDS + "\n",
                TEXT + "info msg=\"hello  world\" channel=stderr" + FIELDS + "\n",
                TEXT + "info msg=\"job succeeded\"" + FIELDS + "\n");
        assertThat(out).isEmpty();
        assertThat(reported).isEmpty();
    }

    @Test
    void shouldTellOfAFailureAndReportIt() {
        log.accept(ended(ExitStatus.exited(3)));
        log.accept(ended(ExitStatus.signaled(Signal.KILL)));
        log.accept(new CronEvent.RunNotStarted(run(Overlap.SKIP), "/x: No such file or directory", 127));
        assertThat(err).containsExactly(
                TEXT + "error msg=\"error running command: exit status 3\"" + FIELDS + "\n",
                TEXT + "error msg=\"error running command: signal: killed\"" + FIELDS + "\n",
                TEXT + "info msg=starting" + FIELDS + "\n",
                TEXT + "error msg=\"error running command: /x: No such file or directory\"" + FIELDS + "\n");
        assertThat(reported).hasSize(3).first().isEqualTo("error error running command: exit status 3 "
                + "{iteration=4, job.command=echo \"hello\", job.position=2, job.schedule=* * * * *}");
    }

    @Test
    void shouldTellOfRunsThatLastTooLong() {
        Instant later = Instant.parse("2024-12-24T08:55:00Z");
        log.accept(new CronEvent.RunOverdue(run(Overlap.SKIP), later));
        log.accept(new CronEvent.RunOverdue(run(Overlap.ALLOW), later));
        log.accept(new CronEvent.RunSkipped(run(Overlap.SKIP).job(), later, run(Overlap.SKIP), 0));
        assertThat(err).containsExactly(
                TEXT + "warning msg=\"not starting: job is still running since 2024-12-24 09:53:00 +0100 CET "
                        + "(2m0s elapsed)\"" + FIELDS + "\n",
                TEXT + "warning msg=\"overlapping jobs: job is still running since 2024-12-24 09:53:00 +0100 CET "
                        + "(2m0s elapsed)\"" + FIELDS + "\n");
        err.clear();
        now = Instant.parse("2024-12-24T08:55:01.5Z");
        log.accept(ended(ExitStatus.exited(0)));
        assertThat(err).hasSize(2).last().isEqualTo("time=\"2024-12-24T09:55:01+01:00\" level=warning msg=\"job took "
                + "too long to run: it should have started 1m1.5s ago\"" + JOB + "\n");
    }

    @Test
    void shouldTellOfSignalsAndTheEnd() {
        log.accept(new Event.SignalReceived(Signal.USR2));
        log.accept(new Event.SignalReceived(Signal.HUP));
        log.accept(new Event.SignalReceived(Signal.USR1));
        log.accept(new DaemonEvent.StopBegun(Signal.TERM, 1));
        log.accept(new DaemonEvent.Stopped());
        assertThat(err).containsExactly(
                TEXT + "info msg=\"received user defined signal 2, reloading crontab\"\n",
                TEXT + "info msg=\"received hangup, reloading crontab\"\n",
                TEXT + "info msg=\"received terminated, shutting down\"\n",
                TEXT + "info msg=\"waiting for jobs to finish\"\n",
                TEXT + "info msg=exiting\n");
    }

    @Test
    void shouldTellOfReapedOrphansAlsoWhenItIsQuiet() {
        log = log(new TextFormat(), Level.WARNING, false);
        log.accept(new Event.OrphanReaped(42, ExitStatus.exited(1), false));
        log.accept(new CronEvent.RunStarted(run(Overlap.SKIP), 77));
        line("hello", false);
        assertThat(err).containsExactly(TEXT + "warning msg=\"reaper cleanup: pid=42, wstatus=256\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "plain | msg=plain", "a-b.c_d/e@f^g+h | msg=a-b.c_d/e@f^g+h", "a=b | msg=\"a=b\"", "a:b | msg=\"a:b\"",
        "tab\tx | msg=\"tab\\tx\"", "\u00e4 | msg=\"\\xe4\"", "say \"x\" | msg=\"say \\\"x\\\"\""})
    void shouldQuoteAsLogrus(String text, String expected) {
        line(text, false);
        assertThat(err).containsExactly(TEXT + "info " + expected + " channel=stderr" + FIELDS + "\n");
    }

    @Test
    void shouldLeaveAnEmptyMessageOut() {
        line("", false);
        assertThat(err).containsExactly(TEXT + "info channel=stderr" + FIELDS + "\n");
    }

    @Test
    void shouldWarnBehindEachPieceOfALongLine() {
        line("aaa", true);
        line("b", false);
        assertThat(err).containsExactly(
                TEXT + "info msg=aaa channel=stderr" + FIELDS + "\n",
                TEXT + "warning msg=\"last line exceeded buffer size, continuing...\" channel=stderr" + FIELDS + "\n",
                TEXT + "info msg=b channel=stderr" + FIELDS + "\n");
    }

    @Test
    void shouldWriteJsonWithSortedKeysAndGosEscapes() {
        log = log(new JsonFormat(), Level.INFO, false);
        line("<a href=\"x\">\t\u0001\u007f\u00ff", false);
        log.accept(new DaemonEvent.Stopped());
        assertThat(err).containsExactly("{\"channel\":\"stderr\",\"iteration\":4,"
                + "\"job.command\":\"echo \\\"hello\\\"\",\"job.position\":2,\"job.schedule\":\"* * * * *\","
                + "\"level\":\"info\",\"msg\":\"\\u003ca href=\\\"x\\\"\\u003e\\t\\u0001\u007f\\ufffd\","
                + "\"time\":\"" + TIME + "\"}\n",
                "{\"level\":\"info\",\"msg\":\"exiting\",\"time\":\"" + TIME + "\"}\n");
    }

    @Test
    void shouldColourWhatGoesToATerminal() {
        log = log(new TerminalFormat(), Level.INFO, false);
        log.accept(new DaemonEvent.Stopped());
        log.accept(ended(ExitStatus.exited(3)));
        assertThat(err).containsExactly(
                "\u001b[36mINFO\u001b[0m[" + TIME + "] exiting                                      \n",
                "\u001b[31mERRO\u001b[0m[" + TIME + "] error running command: exit status 3         "
                        + " \u001b[31miteration\u001b[0m=4 \u001b[31mjob.command\u001b[0m=\"echo \\\"hello\\\"\""
                        + " \u001b[31mjob.position\u001b[0m=2 \u001b[31mjob.schedule\u001b[0m=\"* * * * *\"\n");
    }

    @Test
    void shouldSplitByLevel() {
        log = log(new TextFormat(), Level.DEBUG, true);
        log.accept(new DaemonEvent.Stopped());
        log.accept(new Event.Degraded("odd"));
        log.accept(ended(ExitStatus.exited(3)));
        assertThat(out).hasSize(2).first().isEqualTo(TEXT + "info msg=exiting\n");
        assertThat(out.get(1)).isEqualTo(TEXT + "debug msg=\"job will run next at 2024-12-24 09:54:00 +0100 CET\""
                + JOB + "\n");
        assertThat(err).containsExactly(TEXT + "warning msg=odd\n",
                TEXT + "error msg=\"error running command: exit status 3\"" + FIELDS + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "INFO", "WARNING", "ERROR", "FATAL"})
    void shouldSayNothingBelowTheThreshold(Level threshold) {
        log = log(new TextFormat(), threshold, false);
        log.accept(new DaemonEvent.Stopped());
        assertThat(err).hasSize(threshold.compareTo(Level.INFO) <= 0 ? 1 : 0);
    }
}
