package io.pidone.cli.supercronic;

import io.pidone.process.ErrnoException;
import io.pidone.process.NativeText;
import io.pidone.process.Pipes;

/** The two streams of this process; waits for a slow reader. For any thread. */
final class Streams implements LineWriter {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Pipes pipes;

    Streams(Pipes pipes) {
        this.pipes = pipes;
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
    public void write(byte[] bytes, int length, boolean stderr) {
        try {
            pipes.write(stderr ? STDERR : STDOUT, bytes, length);
        } catch (ErrnoException e) {
            // Nobody reads, or the disk is full: a log is never worth the schedule.
            return;
        }
    }
}
