package io.pidone.cli.listen;

import io.pidone.cron.schedule.RunOutcome;
import java.util.Locale;

/** How a run ended, in one of four words. */
enum Outcome {
    SUCCESS,
    FAILURE,
    /** Its time was up. */
    TIMEOUT,
    NOT_STARTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    static Outcome of(RunOutcome outcome) {
        return outcome.timedOut() ? TIMEOUT : outcome.success() ? SUCCESS : FAILURE;
    }

    /** As labels and JSON have it: {@code not_started}. */
    String word() {
        return word;
    }
}
