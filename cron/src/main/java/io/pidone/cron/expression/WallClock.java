package io.pidone.cron.expression;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A time zone as periods of one offset, in plain arrays: period {@code p} holds the instants from {@code start(p)} up
 * to {@code end(p)}. Instants and wall-clock times are seconds since 1970-01-01T00:00.
 *
 * <p>Built once a zone and shared, since walking {@link ZoneRules} allocates at every step. Immutable, so safe for
 * threads.
 */
final class WallClock {

    /** Changes after it are not needed: the last year of an expression is 2099, and no offset exceeds 18 hours. */
    private static final Instant LAST_CHANGE = Instant.parse("2100-01-02T00:00:00Z");
    private static final Instant FIRST_CHANGE = Instant.parse("1969-12-30T00:00:00Z");

    /** {@link ZoneOffset} keeps the offsets of whole quarters of an hour, 145 in all, and so does this class. */
    private static final int KEPT_OFFSET_SECONDS = 15 * 60;
    private static final Map<ZoneId, WallClock> BY_ZONE = new ConcurrentHashMap<>();

    private final long[] starts;
    private final int[] offsets;

    private WallClock(long[] starts, int[] offsets) {
        this.starts = starts;
        this.offsets = offsets;
    }

    /** The clock of {@code zone}; kept for regions, of which there are some six hundred, and for usual offsets. */
    static WallClock of(ZoneId zone) {
        WallClock known = BY_ZONE.get(zone);
        if (known != null) {
            return known;
        }
        boolean kept = !(zone instanceof ZoneOffset offset && offset.getTotalSeconds() % KEPT_OFFSET_SECONDS != 0);
        return kept ? BY_ZONE.computeIfAbsent(zone, z -> read(z.getRules())) : read(zone.getRules());
    }

    private static WallClock read(ZoneRules rules) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition change = rules.nextTransition(FIRST_CHANGE);
        while (change != null && change.getInstant().isBefore(LAST_CHANGE)) {
            changes.add(change);
            change = rules.nextTransition(change.getInstant());
        }
        long[] starts = new long[changes.size() + 1];
        int[] offsets = new int[changes.size() + 1];
        starts[0] = Long.MIN_VALUE;
        offsets[0] = rules.getOffset(FIRST_CHANGE).getTotalSeconds();
        for (int i = 0; i < changes.size(); i++) {
            starts[i + 1] = changes.get(i).toEpochSecond();
            offsets[i + 1] = changes.get(i).getOffsetAfter().getTotalSeconds();
        }
        return new WallClock(starts, offsets);
    }

    /** The period of an instant. */
    int periodOf(long instant) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (starts[middle] <= instant) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    boolean isLast(int period) {
        return period == starts.length - 1;
    }

    /** Seconds that the wall clock is ahead of UTC in this period. */
    int offset(int period) {
        return offsets[period];
    }

    /** The instant at which the period begins; the first has none. */
    long start(int period) {
        return starts[period];
    }

    /** The instant at which the next period begins. */
    long end(int period) {
        return isLast(period) ? Long.MAX_VALUE : starts[period + 1];
    }

    /** What the wall clock shows when the period begins. */
    long localStart(int period) {
        return period == 0 ? Long.MIN_VALUE : starts[period] + offsets[period];
    }

    /** What the wall clock would show at the end of the period if it were not set. */
    long localEnd(int period) {
        return isLast(period) ? Long.MAX_VALUE : starts[period + 1] + offsets[period];
    }
}
