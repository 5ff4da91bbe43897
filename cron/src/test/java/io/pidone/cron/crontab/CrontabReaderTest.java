package io.pidone.cron.crontab;

import io.pidone.cron.expression.Dialect;
import io.pidone.cron.expression.Seeds;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Orphans;
import io.pidone.cron.schedule.Overlap;
import io.pidone.cron.schedule.Retry;
import io.pidone.process.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrontabReaderTest {

    private static final CrontabSyntax PIDONE = CrontabSyntax.of(Dialect.PIDONE);

    private static Crontab parse(CrontabSyntax syntax, String... lines) throws CrontabException {
        return new CrontabReader(syntax).parse("crontab", String.join("\n", lines));
    }

    private static List<String> errors(CrontabSyntax syntax, String... lines) {
        try {
            parse(syntax, lines);
            return List.of();
        } catch (CrontabException e) {
            return e.errors().stream().map(Diagnostic::toString).toList();
        }
    }

    @Test
    void shouldApplyVariablesToTheEntriesAfterThem() throws CrontabException {
        Crontab crontab = parse(PIDONE, "A=1", "* * * * * x", "A = \" 2 \"", "SHELL=/bin/bash", "CRON_TZ=Asia/Tokyo",
                "TZ=Europe/Berlin", "* * * * * y");
        Entry first = crontab.entries().get(0);
        Entry second = crontab.entries().get(1);
        Assertions.assertThat(first.environment()).isEqualTo(Map.of("A", "1"));
        Assertions.assertThat(first.shell()).isEqualTo("/bin/sh");
        Assertions.assertThat(first.zone()).isEmpty();
        Assertions.assertThat(second.environment()).containsEntry("A", " 2 ").containsEntry("TZ", "Europe/Berlin");
        Assertions.assertThat(second.shell()).isEqualTo("/bin/bash");
        Assertions.assertThat(second.zone()).contains(ZoneId.of("Asia/Tokyo"));
        Assertions.assertThat(second.line()).isEqualTo(7);
    }

    @Test
    void shouldApplyAllVariablesToAllEntriesInTheDialectOfSupercronic() throws CrontabException {
        Crontab crontab = parse(CrontabSyntax.of(Dialect.SUPERCRONIC), "* * * * * x", "A=1", "A=2",
                "CRON_TZ=Asia/Tokyo");
        Assertions.assertThat(crontab.entries().get(0).environment()).containsEntry("A", "2");
        Assertions.assertThat(crontab.entries().get(0).zone()).contains(ZoneId.of("Asia/Tokyo"));
    }

    @Test
    void shouldWarnOfWhatAnotherCronWouldDo() throws CrontabException {
        Crontab crontab = parse(PIDONE, "MAILTO=ops@example.org", "17 * * * * root cd / && run-parts x", "MAILTO=");
        Assertions.assertThat(crontab.warnings()).extracting(Diagnostic::toString).containsExactly(
                "crontab:1:1: MAILTO has no effect: output goes to the log, and no mail is sent",
                "crontab:2: the command begins with 'root'; if that is a user, as in /etc/crontab, give --user-column");
        Assertions.assertThat(parse(PIDONE.withUserColumn(true), "17 * * * * root cd /").warnings()).isEmpty();
    }

    @Test
    void shouldApplySettingsToTheEntriesAfterThem() throws CrontabException {
        Crontab crontab = parse(PIDONE, "@daily a", "PIDONE_TIMEOUT=90s", "PIDONE_SPLAY=5m", "PIDONE_OVERLAP=Queue",
                "PIDONE_RETRY=3,10s", "PIDONE_CATCH_UP=1h", "PIDONE_NAME=backup", "PIDONE_STOP_SIGNAL=SIGINT",
                "PIDONE_GRACE_PERIOD=30", "PIDONE_ORPHANS=terminate", "@daily b", "PIDONE_TIMEOUT=", "@daily c");
        Assertions.assertThat(crontab.entries().get(0).settings()).isEqualTo(EntrySettings.DEFAULT);
        EntrySettings set = new EntrySettings(Optional.of(Duration.ofSeconds(90)), Duration.ofMinutes(5),
                Overlap.QUEUE, new Retry(3, Duration.ofSeconds(10)), Optional.of(Duration.ofHours(1)),
                new EntrySettings.Stop(Signal.INT, Optional.of(Duration.ofSeconds(30))), Orphans.TERMINATE);
        Assertions.assertThat(crontab.entries().get(1).settings()).isEqualTo(set);
        Assertions.assertThat(crontab.entries().get(2).settings()).isEqualTo(set.withTimeout(Optional.empty()));
        Assertions.assertThat(crontab.entries()).extracting(Entry::label)
                .containsExactly("crontab:1", "backup", "crontab:13");
        Assertions.assertThat(crontab.entry("backup")).map(Entry::command).contains("b");
        Assertions.assertThat(crontab.entries().get(1).environment()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PIDONE_TIMEOUT=soon | crontab:1:16: PIDONE_TIMEOUT cannot be 'soon'; give a duration, as in 90s or 1h30m",
        "PIDONE_TIMEOUT=0 | crontab:1:16: PIDONE_TIMEOUT cannot be '0'; give a duration, as in 90s or 1h30m",
        "PIDONE_OVERLAP=no | crontab:1:16: PIDONE_OVERLAP cannot be 'no'; give skip, allow, queue or replace",
        "PIDONE_RETRY=3;1 | crontab:1:14: PIDONE_RETRY cannot be '3;1'; give attempts up to 1000 and a delay, as in 3"
                + " or 3,10s",
        "PIDONE_STOP_SIGNAL=TERMS | crontab:1:20: PIDONE_STOP_SIGNAL cannot be 'TERMS'; give a signal, as in TERM,"
                + " SIGINT or 15",
        "CRON_TZ=Mars/Base | crontab:1:9: there is no time zone 'Mars/Base'; give a name such as Europe/Berlin or UTC",
        "2X=1 | crontab:1:1: a variable's name has letters, digits and underscores and no digit first",
        "0 25 * * * x | crontab:1:3: hour field: '25' is out of range; give 0 to 23",
        "0 5 * * * | crontab:1:10: the command is missing; put it after the time",
    })
    void shouldSayWhereAndWhat(String line, String error) {
        Assertions.assertThat(errors(PIDONE, line)).containsExactly(error);
    }

    @Test
    void shouldTellAllErrorsAtOnce() {
        Assertions.assertThat(errors(PIDONE, "0 25 * * * x", "# fine", "PIDONE_X=1", "@daily ok", "nonsense"))
                .hasSize(3)
                .anySatisfy(e -> Assertions.assertThat(e).startsWith("crontab:3:1: 'PIDONE_X' is not a setting"))
                .anySatisfy(e -> Assertions.assertThat(e).startsWith("crontab:5:1: too few fields: 1"));
    }

    @Test
    void shouldRefuseANameThatIsTaken() {
        Assertions.assertThat(errors(PIDONE, "PIDONE_NAME=a", "@daily x", "PIDONE_NAME=a", "@daily y"))
                .containsExactly("crontab:3:13: the name 'a' is taken by line 1; give each entry its own");
    }

    @Test
    void shouldSplitAtPercentOnlyWhenAsked() throws CrontabException {
        String line = "* * * * * mail -s 100\\% root%Dear%all";
        Entry plain = parse(PIDONE, line).entries().get(0);
        Entry split = parse(PIDONE.withPercent(true), line).entries().get(0);
        Assertions.assertThat(plain.command()).isEqualTo("mail -s 100\\% root%Dear%all");
        Assertions.assertThat(plain.input()).isEmpty();
        Assertions.assertThat(split.command()).isEqualTo("mail -s 100% root");
        Assertions.assertThat(split.input()).contains("Dear\nall\n");
    }

    @Test
    void shouldReadTheUserColumnWhenAsked() throws CrontabException {
        CrontabSyntax syntax = PIDONE.withUserColumn(true);
        Crontab crontab = parse(syntax, "0 5 * * * root backup  now", "@every 5m www-data ping");
        Assertions.assertThat(crontab.entries()).extracting(e -> e.user().orElseThrow(), Entry::command)
                .containsExactly(Assertions.tuple("root", "backup  now"), Assertions.tuple("www-data", "ping"));
        Assertions.assertThat(errors(syntax, "0 5 * * * root"))
                .containsExactly("crontab:1:15: the user or the command is missing; put it after the time");
    }

    @Test
    void shouldWarnOfAnEntryThatNeverFires() throws CrontabException {
        Assertions.assertThat(parse(PIDONE, "0 0 31 2 * x").warnings()).extracting(Diagnostic::toString)
                .containsExactly("crontab:1:1: the entry never fires: '0 0 31 2 *' names no day that exists");
    }

    @Test
    void shouldSpreadHashedEntriesByTheirCommand() throws CrontabException {
        CrontabSyntax syntax = PIDONE.withSeeds(new Seeds(7, 0));
        Crontab crontab = parse(syntax, "H H * * * a", "H H * * * b", "H H * * * a");
        List<String> times = crontab.entries().stream().map(e -> e.schedule().describe()).toList();
        Assertions.assertThat(times.get(0)).isEqualTo(times.get(2)).isNotEqualTo(times.get(1));
    }

    @Test
    void shouldSkipAByteOrderMark() throws CrontabException {
        Assertions.assertThat(parse(PIDONE, "\ufeff* * * * * x").entries()).hasSize(1);
    }

    @Test
    void shouldRefuseBytesThatAreNoTextAndGoOn() {
        byte[] bytes = "A=1\n* * * * * \u00e9t\u00e9\n* 99 * * * x\n@daily a\0b\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        Assertions.assertThatThrownBy(() -> new CrontabReader(PIDONE).parse("f", bytes))
                .isInstanceOfSatisfying(CrontabException.class, e -> Assertions.assertThat(e.errors())
                        .extracting(Diagnostic::line, Diagnostic::column)
                        .containsExactly(Assertions.tuple(2, 11), Assertions.tuple(3, 3), Assertions.tuple(4, 9)));
    }

    @Test
    void shouldReadFilesAndDirectories(@TempDir Path directory) throws IOException, CrontabException {
        Path single = Files.writeString(directory.resolve("single.txt"), "@daily single\n");
        Path parts = Files.createDirectory(directory.resolve("parts"));
        Files.writeString(parts.resolve("b_2"), "@daily b");
        Files.writeString(parts.resolve("a-1"), "X=1\n@daily a");
        Files.writeString(parts.resolve("c.bak"), "nonsense");
        Files.createDirectory(parts.resolve("sub"));
        Crontab crontab = new CrontabReader(PIDONE).read(List.of(single, parts));
        Assertions.assertThat(crontab.entries()).extracting(Entry::command).containsExactly("single", "a", "b");
        Assertions.assertThat(crontab.entries().get(2).environment()).isEmpty();
        Assertions.assertThat(crontab.warnings()).singleElement()
                .satisfies(w -> Assertions.assertThat(w.file()).endsWith("c.bak"));
    }

    @Test
    void shouldRefuseANameThatAnotherFileHas(@TempDir Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("one"), "PIDONE_NAME=a\n@daily x\n");
        Path two = Files.writeString(directory.resolve("two"), "\nPIDONE_NAME=a\n@daily y\n");
        Assertions.assertThatThrownBy(() -> new CrontabReader(PIDONE).read(List.of(one, two)))
                .isInstanceOf(CrontabException.class)
                .hasMessage(two + ":3: the name 'a' is taken by " + one + ":2; give each entry its own");
    }

    @Test
    void shouldTellTheErrorsOfAllFiles(@TempDir Path directory) throws IOException {
        Path bad = Files.writeString(directory.resolve("bad"), "x\ny\n");
        Path missing = directory.resolve("missing");
        Assertions.assertThatThrownBy(() -> new CrontabReader(PIDONE).read(List.of(missing, bad)))
                .isInstanceOfSatisfying(CrontabException.class, e -> Assertions.assertThat(e.errors()).hasSize(3)
                        .first().hasToString(missing + ": cannot be read: no such file or directory"));
    }
}
