package io.pidone.benchmarks.cron.crontab;

import java.util.List;
import java.util.Random;

/** Made-up crontabs, the same in every run: a comment above every tenth entry, commands of some 60 characters. */
final class CrontabText {

    private static final List<String> SCHEDULES = List.of("* * * * *", "*/5 * * * *", "%d * * * *", "%d 3 * * *",
            "%d 2 * * MON-FRI", "%d 8-18/2 * * 1-5", "%d,45 6 1,15 * *", "%d 0 1 * *", "@daily", "%d 4 * jan-jun sun");
    private static final int ENTRIES_PER_COMMENT = 10;

    private CrontabText() {
    }

    static String of(int entries) {
        Random random = new Random(entries);
        StringBuilder text = new StringBuilder("SHELL=/bin/sh\nMAILTO=root\n");
        for (int i = 0; i < entries; i++) {
            if (i % ENTRIES_PER_COMMENT == 0) {
                text.append("# The jobs of customer ").append(i / ENTRIES_PER_COMMENT).append('\n');
            }
            String schedule = SCHEDULES.get(random.nextInt(SCHEDULES.size()));
            text.append(schedule.replace("%d", Integer.toString(random.nextInt(60))))
                    .append(" /usr/local/bin/job --customer ").append(i)
                    .append(" --quiet >> /var/log/job.log 2>&1\n");
        }
        return text.toString();
    }
}
