package io.pidone.cli.supercronic;

/** {@code time="..." level=info msg=starting iteration=0}: logrus' TextFormatter for what is no terminal. */
final class TextFormat implements LogFormat {

    private static final String PLAIN = "-._/@^+";

    @Override
    public String render(Level level, Fields fields) {
        StringBuilder out = new StringBuilder();
        fields.values().forEach((key, value) -> {
            out.append(' ').append(key).append('=');
            appendValue(out, value.toString());
        });
        return out.toString();
    }

    @Override
    public void append(StringBuilder out, Level level, String time, String message, String fields) {
        out.append("time=");
        appendValue(out, time);
        out.append(" level=").append(level.word());
        if (!message.isEmpty()) {
            out.append(" msg=");
            appendValue(out, message);
        }
        out.append(fields);
    }

    /** In quotes if it holds anything but ASCII letters, digits and a few signs. */
    static void appendValue(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0)) {
                GoText.appendQuoted(out, value);
                return;
            }
        }
        out.append(value);
    }
}
