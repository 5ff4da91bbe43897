package io.pidone.cli.supercronic;

/** How grave a message is, the least grave first; with logrus' words and colours. */
enum Level {
    DEBUG("debug", "DEBU", 37),
    INFO("info", "INFO", 36),
    WARNING("warning", "WARN", 33),
    ERROR("error", "ERRO", 31),
    FATAL("fatal", "FATA", 31);

    private final String word;
    private final String tag;
    private final int colour;

    Level(String word, String tag, int colour) {
        this.word = word;
        this.tag = tag;
        this.colour = colour;
    }

    /** As in {@code level=warning}. */
    String word() {
        return word;
    }

    /** As a terminal shows it. */
    String tag() {
        return tag;
    }

    /** The number of an ANSI colour. */
    int colour() {
        return colour;
    }
}
