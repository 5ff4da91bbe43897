package io.pidone.cron.expression;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static String next(String text, Dialect dialect, String from, String zone) {
        Optional<Instant> time = CronExpression.parse(text, dialect)
                .nextFireTime(OffsetDateTime.parse(from).toInstant(), ZoneId.of(zone));
        return time.map(t -> t.atZone(ZoneId.of(zone)).toOffsetDateTime().toString()).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        // Jump forward: right after it, once, and not again at the fixed time's next hour.
        "30 2 * * *, America/New_York, 2024-03-10T01:00-05:00, 2024-03-10T03:00-04:00",
        "30 2 * * *, America/New_York, 2024-03-10T03:00-04:00, 2024-03-11T02:30-04:00",
        "'0,30 2 * * *', America/New_York, 2024-03-10T03:00-04:00, 2024-03-11T02:00-04:00",
        "15 2 * * *, Australia/Lord_Howe, 2024-10-06T01:00+10:30, 2024-10-06T02:30+11:00",
        "0 0 * * *, Asia/Beirut, 2024-03-30T12:00+02:00, 2024-03-31T01:00+03:00",
        // Wildcards follow the clock.
        "*/30 * * * *, America/New_York, 2024-03-10T01:30-05:00, 2024-03-10T03:00-04:00",
        "* 2 * * *, America/New_York, 2024-03-10T01:30-05:00, 2024-03-11T02:00-04:00",
        "0 * * * *, America/New_York, 2024-11-03T01:00-04:00, 2024-11-03T01:00-05:00",
        "*/15 1 * * *, America/New_York, 2024-11-03T01:45-04:00, 2024-11-03T01:00-05:00",
        // Jump back: the first time only.
        "30 1 * * *, America/New_York, 2024-11-03T00:00-04:00, 2024-11-03T01:30-04:00",
        "30 1 * * *, America/New_York, 2024-11-03T01:30-04:00, 2024-11-04T01:30-05:00",
        "45 1 * * *, Australia/Lord_Howe, 2024-04-07T01:45+11:00, 2024-04-08T01:45+10:30",
        "30 2 * * *, Africa/Casablanca, 2024-04-14T01:00Z, 2024-04-14T03:00+01:00",
        "30 2 * * *, Africa/Casablanca, 2024-03-10T02:30+01:00, 2024-03-11T02:30Z",
        // A whole day is a correction, not daylight saving.
        "0 12 * * *, Pacific/Apia, 2011-12-29T12:00-10:00, 2011-12-31T12:00+14:00",
        "0 0 30 12 *, Pacific/Apia, 2011-12-01T00:00-10:00, 2012-12-30T00:00+14:00",
        "0 0 * * *, Pacific/Apia, 2011-12-29T12:00-10:00, 2011-12-31T00:00+14:00",
    })
    void shouldFollowCronEightWhenTheClockIsSet(String text, String zone, String from, String expected) {
        Assertions.assertThat(next(text, Dialect.PIDONE, from, zone)).isEqualTo(expected);
    }

    @Test
    void shouldDifferFromSupercronicInASkippedHour() {
        String from = "2024-03-10T00:59-05:00";
        String zone = "America/New_York";
        Assertions.assertThat(next("30 2 * * *", Dialect.SUPERCRONIC, from, zone)).isEqualTo("2024-03-10T01:30-05:00");
        Assertions.assertThat(next("30 2 * * *", Dialect.PIDONE, from, zone)).isEqualTo("2024-03-10T03:00-04:00");
        Assertions.assertThat(next("30 2 * * *", Dialect.CRONIE, from, zone)).isEqualTo("2024-03-10T03:00-04:00");
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 29 2 *, 2096-02-29T00:00Z, none",
        "0 0 29 2 *, 2092-02-29T00:00Z, 2096-02-29T00:00Z",
        "59 59 23 31 12 * 2099, 2026-01-01T00:00Z, 2099-12-31T23:59:59Z",
        "* * * * * 2099, 1960-01-01T00:00Z, 2099-01-01T00:00Z",
        "* * * * *, 1960-01-01T00:00Z, 1970-01-01T00:00Z",
        "* * * * *, 2150-01-01T00:00Z, none",
        "* * * * * 1999, 2026-01-01T00:00Z, none",
        "0 0 * * 1-7, 2026-01-03T12:00Z, 2026-01-04T00:00Z",
        "0 0 * * 5-7, 2026-01-03T12:00Z, 2026-01-04T00:00Z",
        "0 0 * * 01, 2026-01-01T12:00Z, 2026-01-05T00:00Z",
        "0 0 31W * *, 2026-01-31T12:00Z, 2026-03-31T00:00Z",
        "0 0 1W * *, 2026-01-31T12:00Z, 2026-02-02T00:00Z",
    })
    void shouldFindTheTimeOfDaysAndYears(String text, String from, String expected) {
        Assertions.assertThat(next(text, Dialect.PIDONE, from, "UTC")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 */2 * 1, CRONIE, 2026-01-01T00:00Z, 2026-01-05T00:00Z",
        "0 0 */2 * 1, PIDONE, 2026-01-01T00:00Z, 2026-01-03T00:00Z",
        "0 0 * * 6-7, CRONIE, 2026-01-03T00:00Z, 2026-01-04T00:00Z",
        "0 0 * * */7, CRONIE, 2026-01-03T00:00Z, 2026-01-04T00:00Z",
        "0 */24 * * *, CRONIE, 2026-01-03T00:00Z, 2026-01-04T00:00Z",
        "@daily, CRONIE, 2026-01-03T00:00Z, 2026-01-04T00:00Z",
        "@weekly, CRONIE, 2026-01-01T00:00Z, 2026-01-04T00:00Z",
        "@monthly, CRONIE, 2026-01-01T00:00Z, 2026-02-01T00:00Z",
    })
    void shouldReadDaysAsTheDialectDoes(String text, Dialect dialect, String from, String expected) {
        Assertions.assertThat(next(text, dialect, from, "UTC")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30,31 2 *", "0 0 31 4,6,9,11 *", "* * 31W 2 *", "0 0 0 31 2 * *"})
    @Timeout(5)
    void shouldSayThatItNeverFires(String text) {
        CronExpression expression = CronExpression.parse(text);
        Assertions.assertThat(expression.neverFires()).isTrue();
        for (int i = 0; i < 100_000; i++) {
            Assertions.assertThat(expression.nextFireTime(START, ZoneId.of("Europe/Berlin"))).isEmpty();
        }
        Assertions.assertThat(expression.previousFireTime(START, ZoneOffset.UTC)).isEmpty();
        Assertions.assertThat(expression.describe()).isEqualTo("never");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "60 * * * * | MINUTE | 1 | minute field, column 1: '60' is out of range; give 0 to 59",
        "* * 5,0 * * | DAY_OF_MONTH | 7 | day-of-month field, column 7: '0' is out of range; give 1 to 31",
        "0 0 * foo * | MONTH | 7 | month field, column 7: 'foo' is not a value; give 1 to 12 or jan to dec",
        "0 0 * * thurs | DAY_OF_WEEK | 12 | day-of-week field, column 12: unexpected 'rs'; end the item here,"
                + " or put a comma between items",
        "*/60 * * * * | MINUTE | 3 | minute field, column 3: a step of 60 is out of range; give 1 to 59",
        "5-1 * * * * | MINUTE | 1 | minute field, column 1: the range '5-1' is reversed; give the lower end first",
        "50-10/5 * * * * | MINUTE | 1 | minute field, column 1: the range '50-10/5' is reversed; give the lower end"
                + " first",
        "0 0 * * 5#6 | DAY_OF_WEEK | 11 | day-of-week field, column 11: the week is missing or out of range; give 1"
                + " to 5 after #, as in mon#1",
        "0 0 1 1 * 2100 | YEAR | 11 | year field, column 11: '2100' is out of range; give 1970 to 2099",
        "0 0 1 1 | | 1 | column 1: too few fields: 4; give 5 fields (minute hour day-of-month month day-of-week), 6"
                + " (and a year) or 7 (and seconds first)",
        "@every | | 7 | column 7: the interval is missing; give numbers with units, as in @every 1h30m or @every 90s",
        "@every 0s | | 8 | column 8: '0s' is not an interval above zero; give numbers with units, as in @every 1h30m"
                + " or @every 90s",
    })
    void shouldSayFieldAndColumnAndWhatIsRight(String text, Field field, int column, String message) {
        Assertions.assertThatThrownBy(() -> CronExpression.parse(text)).isInstanceOfSatisfying(
                CronSyntaxException.class, e -> {
                    Assertions.assertThat(e.getMessage()).isEqualTo(message);
                    Assertions.assertThat(e.field()).isEqualTo(Optional.ofNullable(field));
                    Assertions.assertThat(e.column()).isEqualTo(column);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "H * * * * | SUPERCRONIC", "~ * * * * | SUPERCRONIC", "@midnight | SUPERCRONIC", "@reboot | SUPERCRONIC",
        "50-10/5 * * * * | SUPERCRONIC", "@DAILY | SUPERCRONIC", "@every 5m | SUPERCRONIC",
        "H * * * * | CRONIE", "0 0 L * * | CRONIE", "0 0 ? * * | CRONIE", "5/2 * * * * | CRONIE",
        "1,2, * * * * | CRONIE", "0 0 * january * | CRONIE", "* * * * * 2030 | CRONIE", "@every 5m | CRONIE",
        "H * * * * * H | PIDONE", "*,foo * * * * | PIDONE", "H(5 * * * * | PIDONE", "30~10 * * * * | PIDONE",
    })
    void shouldRefuseWhatTheDialectDoesNotHave(String text, Dialect dialect) {
        Assertions.assertThatThrownBy(() -> CronExpression.parse(text, dialect))
                .isInstanceOf(CronSyntaxException.class);
    }

    @Test
    void shouldPickHashedAndRandomValuesFromTheSeed() {
        Set<String> hashed = new HashSet<>();
        Set<String> random = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            Seeds seeds = new Seeds(seed, seed);
            hashed.add(CronExpression.parse("H(0-29)/10 H H H H", Dialect.PIDONE, seeds).describe());
            String drawn = CronExpression.parse("10~12 5 * * *", Dialect.CRONIE, seeds).describe();
            random.add(drawn);
            Assertions.assertThat(CronExpression.parse("10~12 5 * * *", Dialect.CRONIE, seeds).describe())
                    .isEqualTo(drawn);
        }
        Assertions.assertThat(hashed).hasSizeGreaterThan(150);
        Assertions.assertThat(random)
                .containsExactlyInAnyOrder("at 05:10 every day", "at 05:11 every day", "at 05:12 every day");
    }

    @Test
    void shouldCountIntervalsFromTheStartingPoint() {
        CronExpression expression = CronExpression.parse("@every 1h30m");
        Assertions.assertThat(expression.interval()).contains(Duration.ofMinutes(90));
        Assertions.assertThat(expression.nextFireTime(START.plusMillis(5), ZoneOffset.UTC))
                .contains(START.plusSeconds(5400));
        Assertions.assertThat(expression.previousFireTime(START, ZoneOffset.UTC)).contains(START.minusSeconds(5400));
        Assertions.assertThat(CronExpression.parse("@Reboot").atReboot()).isTrue();
        Assertions.assertThat(CronExpression.parse("@reboot").nextFireTime(START, ZoneOffset.UTC)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "* * * * * | every minute",
        "*/15 * * * * | every 15 minutes",
        "5 * * * * | at minute 5 of every hour",
        "0 2 * * * | at 02:00 every day",
        "30 2 * * 1-5 | at 02:30 on Monday to Friday",
        "30 4 1,15 * fri | at 04:30 on day 1 and 15 of the month or on Friday",
        "0 0 L * * | at 00:00 on the last day of the month",
        "0 0 LW jan-mar * | at 00:00 on the last workday of the month in January to March",
        "0 9 * * mon#1 2027 | at 09:00 on the first Monday of the month in 2027",
        "0 9 15W * * | at 09:00 on the workday nearest to day 15",
        "0 9 * * friL | at 09:00 on the last Friday of the month",
        "10 30 4 * * * * | at 04:30:10 every day",
        "*/5 * * * * * * | every 5 seconds of every minute",
        "*/10 9-17 * * * | every 10 minutes of hour 9 to 17",
        "@every 90s | every 1 minute 30 seconds",
        "@reboot | once, at the start",
        "@hourly | at minute 0 of every hour",
    })
    void shouldDescribeItself(String text, String words) {
        Assertions.assertThat(CronExpression.parse(text).describe()).isEqualTo(words);
    }
}
