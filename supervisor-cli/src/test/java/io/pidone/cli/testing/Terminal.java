package io.pidone.cli.testing;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A container with a terminal, as {@code docker run -it} gives one: its init leads the terminal's session. */
public final class Terminal implements AutoCloseable {

    private final PtyProcess process;
    private final Output screen;
    private int read;

    private Terminal(PtyProcess process) {
        this.process = process;
        this.screen = new Output("terminal", process.getInputStream());
    }

    /** Starts it with a terminal of 80 columns and 24 rows. */
    public static Terminal open(Launch launch) {
        return open(launch.commandLine(), launch);
    }

    private static Terminal open(List<String> line, Launch launch) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("TERM", "dumb");
        try {
            return new Terminal(new PtyProcessBuilder(line.toArray(String[]::new)).setEnvironment(environment)
                    .setDirectory(launch.directory().toString()).setInitialColumns(80).setInitialRows(24).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an init that leads the terminal's session to its end. What it showed stands in stdout. */
    public static Outcome run(Init init, Peer peer) {
        try (Terminal terminal = open(Launch.of(init).wrappedIn("setsid", "--ctty"))) {
            int code = terminal.awaitExit();
            return peer.comparable(new Outcome(code, terminal.shown().replace("\r\n", "\n"), ""));
        }
    }

    /** Waits for the text to appear after what was awaited before. */
    public Terminal await(String text) {
        int from = read;
        String all = screen.await("'" + text + "' after: " + screen.text().substring(from),
                shown -> shown.indexOf(text, from) >= 0, Await.DEADLINE);
        read = all.indexOf(text, from) + text.length();
        return this;
    }

    /** Types. */
    public Terminal type(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.ISO_8859_1));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Types a line. */
    public Terminal enter(String line) {
        return type(line + "\r");
    }

    /** Changes the window's size. */
    public Terminal resize(int columns, int rows) {
        process.setWinSize(new WinSize(columns, rows));
        return this;
    }

    /** All that was shown. */
    public String shown() {
        return screen.text();
    }

    /** Every process of the namespace. */
    public List<Seen> processes() {
        return Seen.treeOf(process.pid()).filter(seen -> seen.hostPid() != process.pid()).toList();
    }

    /** The process with this name, once it is there. */
    public Seen process(String name) {
        return Await.present(name, () -> processes().stream().filter(seen -> seen.name().equals(name)).findFirst());
    }

    /** The pid, on the host, of the namespace's PID 1. */
    public long pidOne() {
        return Await.present("PID 1", () -> Seen.childOf(process.pid()));
    }

    /** Waits for the end, and answers the exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running: " + processes() + "\nshown: " + shown());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        screen.awaitEnd(Duration.ofSeconds(2));
        return process.exitValue();
    }

    @Override
    public void close() {
        Seen.childOf(process.pid()).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Await.until("the terminal's process is gone", () -> !process.isAlive());
    }
}
