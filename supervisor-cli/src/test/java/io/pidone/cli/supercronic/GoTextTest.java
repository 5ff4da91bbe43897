package io.pidone.cli.supercronic;

import io.pidone.process.ExitStatus;
import io.pidone.process.NativeText;
import io.pidone.process.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;

/** Values as Go writes them. */
class GoTextTest {

    @ParameterizedTest
    @CsvSource({"0, 0s", "1, 1ns", "1500, 1.5µs", "2000000, 2ms", "1250000, 1.25ms", "1000000000, 1s",
        "1009438854, 1.009438854s", "60000000000, 1m0s", "61500000000, 1m1.5s", "3600000000000, 1h0m0s",
        "86400000000000, 24h0m0s", "-1500000000, -1.5s"})
    void shouldWriteADuration(long nanos, String text) {
        assertThat(GoText.duration(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-24T08:53:00Z, Europe/Berlin, 2024-12-24 09:53:00 +0100 CET",
        "2024-07-24T08:53:00Z, Europe/Berlin, 2024-07-24 10:53:00 +0200 CEST",
        "2024-07-24T08:53:00.25Z, UTC, 2024-07-24 08:53:00.25 +0000 UTC",
        "2040-07-24T08:53:00Z, America/New_York, 2040-07-24 04:53:00 -0400 EDT",
        "2024-07-24T08:53:00Z, America/Sao_Paulo, 2024-07-24 05:53:00 -0300 -03",
        "2024-07-24T08:53:00Z, Asia/Kolkata, 2024-07-24 14:23:00 +0530 IST",
        "2024-07-24T08:53:00Z, +05:30, 2024-07-24 14:23:00 +0530 +0530",
        "2024-07-24T08:53:00Z, +03:00, 2024-07-24 11:53:00 +0300 +03",
        "2024-07-24T08:53:00Z, Z, 2024-07-24 08:53:00 +0000 UTC"})
    void shouldWriteATime(Instant instant, String zone, String text) {
        assertThat(GoText.time(instant, ZoneId.of(zone))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, hangup", "2, interrupt", "3, quit", "9, killed", "12, user defined signal 2", "15, terminated",
        "31, bad system call", "34, signal 34", "64, signal 64"})
    void shouldNameASignal(int number, String name) {
        assertThat(GoText.signal(Signal.of(number))).isEqualTo(name);
    }

    @Test
    void shouldTellHowAProcessEnded() {
        assertThat(GoText.status(ExitStatus.exited(3))).isEqualTo("exit status 3");
        assertThat(GoText.status(ExitStatus.signaled(Signal.KILL))).isEqualTo("signal: killed");
        ExitStatus dumped = ExitStatus.ofWaitStatus(11 | 0x80);
        assertThat(GoText.status(dumped)).isEqualTo("signal: segmentation fault (core dumped)");
        assertThat(GoText.waitStatus(dumped)).isEqualTo(139);
        assertThat(GoText.waitStatus(ExitStatus.exited(3))).isEqualTo(768);
        assertThat(GoText.waitStatus(ExitStatus.signaled(Signal.TERM))).isEqualTo(15);
    }

    @Test
    void shouldQuote() {
        assertThat(GoText.quote("a \"b\" \\ \t\r\n\b\f\u0007\u000b\u0001\u007f"))
                .isEqualTo("\"a \\\"b\\\" \\\\ \\t\\r\\n\\b\\f\\a\\v\\x01\\x7f\"");
        assertThat(GoText.quote("äöü 日本 🙂")).isEqualTo("\"äöü 日本 🙂\"");
        assertThat(GoText.quote("\u00a0\u200b\u2028\ue000\udb40\udc01"))
                .isEqualTo("\"\\u00a0\\u200b\\u2028\\ue000\\U000e0001\"");
        byte[] stray = "x\u00ff\u0080".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(GoText.quote(NativeText.decode(stray, 0, stray.length))).isEqualTo("\"x\\xff\\x80\"");
    }
}
