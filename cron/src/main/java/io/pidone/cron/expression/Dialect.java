package io.pidone.cron.expression;

/** Whose reading of an expression counts where programs differ. */
public enum Dialect {

    /**
     * pidone's own: five fields, six with a year last, or seven with seconds first; {@code L W LW # ? H ~}, all
     * nicknames, {@code @every DURATION}. Around a change of the clock it follows cron(8).
     */
    PIDONE,

    /**
     * supercronic's: the same fields without {@code H}, {@code ~}, {@code @midnight}, {@code @reboot} and
     * {@code @every}. Around a change of the clock it answers as supercronic does, unless that is not after the
     * starting point; then the rule of cron(8) holds.
     */
    SUPERCRONIC,

    /**
     * cronie's, see crontab(5) there: five fields, {@code ~}, names of three letters; a day must match both day
     * fields if one of them starts with {@code *}.
     */
    CRONIE
}
