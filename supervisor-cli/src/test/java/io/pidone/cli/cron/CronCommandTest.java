package io.pidone.cli.cron;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;

/** The command lines of {@code pidone cron}, at noon of 1 January 2026 in Berlin. */
class CronCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(OutputStream target, String... words) {
        return new CronCommand(new Surroundings(new ByteArrayInputStream(new byte[0]), new LineOutput(target),
                new LineOutput(err), InstantSource.fixed(Instant.parse("2026-01-01T11:00:00Z")),
                ZoneId.of("Europe/Berlin"), Optional.empty())).run(List.of(words));
    }

    private int run(String... words) {
        return run(out, words);
    }

    private String crontab(String text) throws IOException {
        return Files.writeString(directory.resolve("table"), text).toString();
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String complaints() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldStartNowOnTheSystemsClockWhenToldNothingElse() {
        assertThat(run("next", "-e", "@daily")).isZero();
        assertThat(lines()).containsExactly("2026-01-02T00:00:00+01:00");
    }

    @Test
    void shouldGiveAsManyTimesAsThereAre() {
        assertThat(run("next", "-n", "5", "--timezone", "UTC", "-e", "0 0 0 30,31 12 * 2099")).isZero();
        assertThat(lines()).containsExactly("2099-12-30T00:00:00Z", "2099-12-31T00:00:00Z");
    }

    @Test
    void shouldReadAnExpressionThatBeginsWithAnAtSignAsNoFile() {
        assertThat(run("next", "--expression", "@hourly", "--from", "2026-06-01T00:00:00Z")).isZero();
        assertThat(lines()).containsExactly("2026-06-01T03:00:00+02:00");
    }

    @Test
    void shouldSortTheEntriesOfACrontabByTimeAndSayWhichNeverFire() throws IOException {
        String file = crontab("""
                PIDONE_NAME=late one
                0 23 * * * true
                0 13 * * * true
                0 0 31 2 * true
                CRON_TZ=UTC
                30 12 * * * true
                @reboot true
                """);
        assertThat(run("next", file)).isZero();
        assertThat(lines()).containsExactly("2026-01-01T13:00:00+01:00\ttable:3", "2026-01-01T12:30:00Z\ttable:6",
                "2026-01-01T23:00:00+01:00\tlate one", "none\ttable:4", "none\ttable:7");
        assertThat(complaints()).startsWith(file + ":4:1: warning: the entry never fires").hasLineCount(1);
    }

    @Test
    void shouldGiveSeveralTimesOfEachEntryInOneOrder() throws IOException {
        String file = crontab("0 */6 * * * a\n30 12 * * * b\n");
        assertThat(run("next", "-n", "2", file)).isZero();
        assertThat(lines()).containsExactly("2026-01-01T12:30:00+01:00\ttable:2", "2026-01-01T18:00:00+01:00\ttable:1",
                "2026-01-02T00:00:00+01:00\ttable:1", "2026-01-02T12:30:00+01:00\ttable:2");
    }

    @Test
    void shouldSayEveryErrorAndEveryWarningOfACrontab() throws IOException {
        String file = crontab("0 0 31 2 * true\n61 * * * * true\n* * * * *\nPIDONE_RETRY=x\n");
        assertThat(run("check", file)).isEqualTo(1);
        assertThat(complaints().lines()).hasSize(4)
                .anyMatch(line -> line.startsWith(file + ":1:1: warning: the entry never fires"))
                .anyMatch(line -> line.startsWith(file + ":2:1: minute field"))
                .anyMatch(line -> line.startsWith(file + ":3:10: the command is missing"))
                .anyMatch(line -> line.startsWith(file + ":4:14: PIDONE_RETRY"));
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldReadAUserColumnOnlyWhenToldTo() throws IOException {
        String file = crontab("* * * * * root\n");
        assertThat(run("check", file)).isZero();
        assertThat(run("check", "--user-column", file)).isEqualTo(1);
        assertThat(complaints()).contains(":1:15: the user or the command is missing");
    }

    @Test
    void shouldReadInTheDialectItIsTold() throws IOException {
        String file = crontab("@midnight true\n");
        assertThat(run("check", file)).isZero();
        assertThat(run("check", "--dialect", "supercronic", file)).isEqualTo(1);
        assertThat(run("next", "--dialect=CRONIE", "-e", "0 0 1 1 * 2027")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            next                            | --expression EXPR and --stdin
            next -e @daily --stdin          | --expression EXPR and --stdin
            next -e @daily file             | --expression EXPR and --stdin
            next -e                         | --expression
            next -e @dayly                  | @yearly
            next -e @daily -n 0             | a number from 1
            next -e @daily -n many          | --count
            next -e @daily -n 9999999999    | --count
            next -e @daily --from noon      | --from
            next -e @daily --timezone Here  | Europe/Berlin
            next -e @daily --dialect quartz | supercronic or cronie
            next -e @daily --bogus          | --timezone
            next -e @daily --user-column    | --user-column
            next --stdin --from noon        | --stdin
            check                           | CRONTAB
            check --bogus file              | --user-column
            --bogus                         | --help
            ''                              | pidone cron --help
            --retry often table             | 3 or 3,10s
            --grace-period soon table       | 1m30s
            --overlap twice table           | skip, allow, queue or replace
            --orphans kill table            | adopt or terminate
            --stop-signal HALT table        | SIGINT
            run table                       | NAME
            --json next -e @daily           | write it after it
            """)
    void shouldEndWith2AndNameTheRemedyWhenTheCommandLineIsWrong(String line, String remedy) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" +");
        assertThat(run(words)).isEqualTo(2);
        assertThat(complaints()).startsWith("pidone cron").contains(remedy).hasLineCount(1);
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldSayWhyItCannotWrite() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThat(run(full, "next", "-e", "@daily")).isEqualTo(1);
        assertThat(complaints()).isEqualTo("pidone cron: cannot go on: No space left on device\n");
    }

    @ParameterizedTest
    @CsvSource({"--help", "next --help", "check -h"})
    void shouldHelp(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(lines().get(0)).startsWith("Usage: pidone cron ");
        assertThat(complaints()).isEmpty();
    }
}
