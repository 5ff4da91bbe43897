package io.pidone.benchmarks.cron.expression;

import com.cronutils.model.CronType;

/**
 * The same schedule in the notation of each library.
 *
 * @param pidone five fields, as in a crontab
 * @param cronUtils the same, or what Quartz has where only that notation of cron-utils can say it
 * @param cronUtilsType which of the two
 * @param quartz seconds first, and a question mark in one of the two day fields
 * @param spring seconds first
 */
record Notations(String pidone, String cronUtils, CronType cronUtilsType, String quartz, String spring) {

    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    /** The notations of five fields, of which one of the days is {@code *}. */
    static Notations of(String fields) {
        String[] quartzFields = fields.split(" ");
        boolean lastDay = quartzFields[DAY_OF_MONTH].equals("L");
        quartzFields[quartzFields[DAY_OF_WEEK].equals("*") ? DAY_OF_WEEK : DAY_OF_MONTH] = "?";
        String quartz = "0 " + String.join(" ", quartzFields);
        return new Notations(fields, lastDay ? quartz : fields, lastDay ? CronType.QUARTZ : CronType.UNIX, quartz,
                "0 " + fields);
    }
}
