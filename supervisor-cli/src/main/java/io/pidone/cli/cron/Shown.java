package io.pidone.cli.cron;

/** What somebody wrote, as a message shows it. */
final class Shown {

    private static final int LONGEST = 40;

    private Shown() {
    }

    /** {@code text} in quotes, shortened and without control characters, so that a message stays one short line. */
    static String quote(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
