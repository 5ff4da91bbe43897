package io.pidone.cli.supercronic;

/** One JSON object a line, its keys sorted: logrus' JSONFormatter, with the escapes of Go's encoding/json. */
final class JsonFormat implements LogFormat {

    private static final String ESCAPED_FOR_HTML = "<>&";

    @Override
    public String render(Level level, Fields fields) {
        StringBuilder out = new StringBuilder();
        fields.values().forEach((key, value) -> {
            appendString(out, key);
            out.append(':');
            if (value instanceof Number) {
                out.append(value);
            } else {
                appendString(out, value.toString());
            }
            out.append(',');
        });
        return out.toString();
    }

    @Override
    public void append(StringBuilder out, Level level, String time, String message, String fields) {
        out.append('{').append(fields).append("\"level\":\"").append(level.word()).append("\",\"msg\":");
        appendString(out, message);
        out.append(",\"time\":\"").append(time).append("\"}");
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\' && ESCAPED_FOR_HTML.indexOf(c) < 0) {
                out.append(c);
                i++;
            } else {
                int point = text.codePointAt(i);
                appendEscaped(out, point);
                i += Character.charCount(point);
            }
        }
        out.append('"');
    }

    private static void appendEscaped(StringBuilder out, int point) {
        switch (point) {
            case '"', '\\' -> out.append('\\').append((char) point);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (GoText.isStray(point)) {
                    out.append("\\ufffd");
                } else if (point < 0x80 || point == 0x2028 || point == 0x2029) {
                    GoText.hex(out.append("\\u"), point, 4);
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
