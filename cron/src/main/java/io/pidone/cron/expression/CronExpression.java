package io.pidone.cron.expression;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * A cron expression: when something is to run, on the wall clock of a time zone that the question names.
 *
 * <p>Five fields (minute, hour, day of month, month, day of week), six (a year last) or seven (seconds first, a year
 * last), each with {@code * ? , - /}, names in any case, {@code L W LW #}, {@code H} and {@code ~}; or a nickname. See
 * {@link Dialect} for whose reading counts, crontab(5) for the basics.
 *
 * <p>Immutable and safe for threads. A question is answered by scanning bits and allocates its answer only.
 */
public final class CronExpression {

    /** Go's zero time, from which supercronic's library has no next time. */
    private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");
    private static final long EARLIEST = -Calendar.SECONDS_PER_DAY * 2;
    private static final long LATEST = (Calendar.END_DAY + 2) * Calendar.SECONDS_PER_DAY;

    private final String text;
    private final Dialect dialect;
    private final Seeds seeds;
    private final FireTimes fireTimes;
    private final Optional<Duration> interval;
    private final boolean atReboot;
    private final boolean neverFires;

    private CronExpression(String text, Dialect dialect, Seeds seeds, ExpressionParser.Parsed parsed) {
        this.text = text;
        this.dialect = dialect;
        this.seeds = seeds;
        this.fireTimes = parsed.fireTimes();
        this.interval = parsed.interval();
        this.atReboot = parsed.atReboot();
        this.neverFires = fireTimes != null && fireTimes.times().next(0) == LocalTimes.NEVER;
    }

    /**
     * Reads an expression of pidone's own dialect, with seeds of zero.
     *
     * @throws CronSyntaxException if it cannot be read
     */
    public static CronExpression parse(String text) {
        return parse(text, Dialect.PIDONE, Seeds.NONE);
    }

    /**
     * Reads an expression with seeds of zero.
     *
     * @throws CronSyntaxException if it cannot be read
     */
    public static CronExpression parse(String text, Dialect dialect) {
        return parse(text, dialect, Seeds.NONE);
    }

    /**
     * Reads an expression.
     *
     * @param seeds where {@code H} and {@code ~} take their values from
     * @throws CronSyntaxException if it cannot be read
     */
    public static CronExpression parse(String text, Dialect dialect, Seeds seeds) {
        return new CronExpression(text, dialect, seeds, new ExpressionParser(text, dialect, seeds).parse());
    }

    /**
     * The first fire time after {@code after}, a whole second of the years 1970 to 2099; empty if there is none, and
     * always for {@code @reboot}. For {@code @every} it is {@code after}, without its fraction of a second, plus the
     * interval.
     */
    public Optional<Instant> nextFireTime(Instant after, ZoneId zone) {
        if (interval.isPresent()) {
            return within(after.getEpochSecond() + interval.get().toSeconds());
        }
        if (atReboot || neverFires || dialect == Dialect.SUPERCRONIC && after.equals(GO_ZERO)) {
            return Optional.empty();
        }
        long from = Math.max(EARLIEST, Math.min(after.getEpochSecond(), LATEST));
        WallClock clock = WallClock.of(zone);
        return within(dialect == Dialect.SUPERCRONIC ? fireTimes.nextAsSupercronic(from, clock)
                : fireTimes.next(from, clock));
    }

    /**
     * The last fire time before {@code before}, a whole second of the years 1970 to 2099; empty if there is none, and
     * always for {@code @reboot}. Every dialect follows cron(8) here, since supercronic does not look back. For
     * {@code @every} it is {@code before}, rounded up to a second, minus the interval.
     */
    public Optional<Instant> previousFireTime(Instant before, ZoneId zone) {
        long ceiling = before.getEpochSecond() + (before.getNano() > 0 ? 1 : 0);
        if (interval.isPresent()) {
            return within(ceiling - interval.get().toSeconds());
        }
        if (atReboot || neverFires) {
            return Optional.empty();
        }
        long from = Math.max(EARLIEST, Math.min(ceiling, LATEST));
        return within(fireTimes.previous(from, WallClock.of(zone)));
    }

    private static Optional<Instant> within(long second) {
        return second < EARLIEST || second > LATEST ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }

    /** The expression as it was given. */
    public String text() {
        return text;
    }

    /** Whose reading it was. */
    public Dialect dialect() {
        return dialect;
    }

    /** Whether it is {@code @reboot}: once, when the program starts. */
    public boolean atReboot() {
        return atReboot;
    }

    /** The interval of {@code @every}, whole seconds, at least one; empty for all others. */
    public Optional<Duration> interval() {
        return interval;
    }

    /** Whether it names no time of the years 1970 to 2099 at all, such as {@code 0 0 31 2 *}. */
    public boolean neverFires() {
        return neverFires;
    }

    /** Whether it has a wildcard in its hour or minute, and so follows the clock when that is set, see cron(8). */
    public boolean followsClock() {
        return fireTimes != null && fireTimes.followsClock();
    }

    /** In words, English, without a capital or full stop: {@code at 02:30 on Monday to Friday}. */
    public String describe() {
        if (atReboot) {
            return "once, at the start";
        }
        return interval.map(d -> "every " + Description.duration(d))
                .orElseGet(() -> Description.of(fireTimes.times(), neverFires));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronExpression that && text.equals(that.text) && dialect == that.dialect
                && seeds.equals(that.seeds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, dialect, seeds);
    }

    @Override
    public String toString() {
        return text;
    }
}
