package io.pidone.cli.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** What a process has written so far. A thread of its own reads; any thread may ask. */
final class Output {

    private final StringBuilder text = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    Output(String name, InputStream stream) {
        reader = new Thread(() -> drain(stream), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void drain(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException endOfTerminal) {
            // A terminal whose last user has gone answers EIO, a closed stream an exception: both are its end.
            append("");
        }
        end();
    }

    private synchronized void append(String more) {
        text.append(more);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized String text() {
        return text.toString();
    }

    /** Waits until what was written satisfies the condition; fails with what was written instead. */
    synchronized String await(String what, Predicate<String> condition, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.test(text.toString())) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0 || ended) {
                String when = ended ? " before the end" : " in " + deadline;
                throw new AssertionError("no " + what + when + ", only: " + text);
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
        return text.toString();
    }

    /** Waits for the end of the stream. A descendant that outlived the init may hold it open: then what is there. */
    String awaitEnd(Duration deadline) {
        try {
            reader.join(deadline.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text();
    }
}
