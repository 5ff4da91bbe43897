package io.pidone.cli.supercronic;

import io.pidone.process.NativeText;
import io.pidone.process.linux.LinuxOutput;

/** The two streams of this process. */
final class Streams implements LineWriter {

    private final LinuxOutput stdout;
    private final LinuxOutput stderr;

    Streams(LinuxOutput stdout, LinuxOutput stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    void out(String text) {
        byte[] bytes = NativeText.encode(text);
        write(bytes, bytes.length, false);
    }

    void err(String text) {
        byte[] bytes = NativeText.encode(text);
        write(bytes, bytes.length, true);
    }

    @Override
    public synchronized void write(byte[] bytes, int length, boolean toStderr) {
        (toStderr ? stderr : stdout).write(bytes, length);
    }
}
