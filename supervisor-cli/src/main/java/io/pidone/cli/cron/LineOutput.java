package io.pidone.cli.cron;

import io.pidone.process.NativeText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lines of UTF-8, kept until {@link #flush}. For one thread. */
final class LineOutput {

    private static final int BUFFER_BYTES = 16 << 10;

    private final BufferedOutputStream out;

    LineOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    void line(String text) throws IOException {
        out.write(NativeText.encode(text));
        out.write('\n');
    }

    void flush() throws IOException {
        out.flush();
    }
}
