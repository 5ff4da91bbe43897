package io.pidone.cli.supercronic;

/** {@code INFO[2024-12-24T09:53:00+01:00] starting     iteration=0}, in colours: TextFormatter for a terminal. */
final class TerminalFormat implements LogFormat {

    private static final int MESSAGE_WIDTH = 44;

    @Override
    public String render(Level level, Fields fields) {
        StringBuilder out = new StringBuilder();
        fields.values().forEach((key, value) -> {
            coloured(out.append(' '), level, key).append('=');
            TextFormat.appendValue(out, value.toString());
        });
        return out.toString();
    }

    @Override
    public void append(StringBuilder out, Level level, String time, String message, String fields) {
        coloured(out, level, level.tag()).append('[').append(time).append("] ").append(message);
        for (int width = message.codePointCount(0, message.length()); width < MESSAGE_WIDTH; width++) {
            out.append(' ');
        }
        out.append(' ').append(fields);
    }

    private static StringBuilder coloured(StringBuilder out, Level level, String text) {
        return out.append("\u001b[").append(level.colour()).append('m').append(text).append("\u001b[0m");
    }
}
