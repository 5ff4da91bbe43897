package io.pidone.cli.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running PID namespace with an init in it. Closing it ends every process in it. */
public final class Container implements AutoCloseable {

    private final Launch launch;
    private final Process process;
    private final Output stdout;
    private final Output stderr;

    Container(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        this.stdout = new Output("stdout", process.getInputStream());
        this.stderr = new Output("stderr", process.getErrorStream());
    }

    /** The pid, on the host, of the namespace's PID 1. */
    public long pidOne() {
        return Await.present("PID 1", () -> Seen.childOf(process.pid()));
    }

    /** The pid of the init on the host. */
    public long init() {
        long first = pidOne();
        return launch.isPidOne() ? first : Await.present("init", () -> Seen.childOf(first));
    }

    /** Sends a signal to the init from outside. */
    public Container signal(int signal) {
        signal(init(), signal);
        return this;
    }

    /** Sends a signal to a process of the host. */
    public static void signal(long hostPid, int signal) {
        Outcome sent = command(List.of("sh", "-c", "kill -" + signal + " " + hostPid));
        if (sent.exitCode() != 0) {
            throw new AssertionError("kill -" + signal + " " + hostPid + ": " + sent.stderr());
        }
    }

    /** Every process of the namespace. */
    public List<Seen> processes() {
        return Seen.treeOf(process.pid()).filter(seen -> seen.hostPid() != process.pid()).toList();
    }

    /** The process with this name (at most 15 characters), once it is there. */
    public Seen process(String name) {
        return Await.present(name, () -> find(name));
    }

    /** The process with this name, if there is one. */
    public Optional<Seen> find(String name) {
        return processes().stream().filter(seen -> seen.name().equals(name)).findFirst();
    }

    /** How many processes of the namespace ended and were not reaped. */
    public long zombies() {
        return processes().stream().filter(Seen::zombie).count();
    }

    /** Runs another command inside, as an exec into a container does. */
    public Outcome enter(String... command) {
        List<String> line = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(pidOne()), "--pid", "--mount", "--"));
        line.addAll(List.of(command));
        return command(line);
    }

    /** Waits until a line of stdout equals the text. */
    public Container awaitLine(String line) {
        try {
            stdout.await("line '" + line + "'", text -> text.lines().anyMatch(line::equals), Await.DEADLINE);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nstderr: " + stderr.text() + "\n" + processes(), e);
        }
        return this;
    }

    /** Waits until stderr holds the text. */
    public Container awaitError(String part) {
        stderr.await("'" + part + "' on stderr", text -> text.contains(part), Await.DEADLINE);
        return this;
    }

    /** Waits until one line of stdout or stderr holds all of the parts. */
    public Container awaitOutput(String... parts) {
        Await.until("a line with " + List.of(parts), () -> Stream.concat(stdout.text().lines(), stderr.text().lines())
                .anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
        return this;
    }

    /** Waits for the first line of stdout that starts with the text, and answers what comes after it. */
    public String awaitAfter(String start) {
        String text = stdout.await("line '" + start + "...'", all -> all.lines()
                .anyMatch(line -> line.startsWith(start)) && all.endsWith("\n"), Await.DEADLINE);
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow().substring(start.length());
    }

    /** The lines of stdout so far. */
    public List<String> lines() {
        return stdout.text().lines().toList();
    }

    /** The lines of stderr so far. */
    public List<String> errors() {
        return stderr.text().lines().toList();
    }

    /** Writes to the init's stdin and closes it. */
    public Container type(byte... bytes) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Whether the namespace still lives. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for the end of the namespace. */
    public Outcome awaitExit() {
        return awaitExit(Await.DEADLINE);
    }

    /** Waits for the end of the namespace, which must come before the deadline. */
    public Outcome awaitExit(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + deadline + ": " + launch.commandLine()
                        + "\nprocesses: " + processes() + "\nstdout: " + stdout.text() + "\nstderr: " + stderr.text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return new Outcome(process.exitValue(), stdout.awaitEnd(Await.DEADLINE), stderr.awaitEnd(Await.DEADLINE));
    }

    /** Runs a command of the host to its end. */
    public static Outcome command(String... line) {
        return command(List.of(line));
    }

    private static Outcome command(List<String> line) {
        try {
            Process process = new ProcessBuilder(line).start();
            Output out = new Output("stdout", process.getInputStream());
            Output err = new Output("stderr", process.getErrorStream());
            if (!process.waitFor(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + line);
            }
            // A process that the command left behind may hold the pipes, so their end is not worth a long wait.
            Duration pipes = Duration.ofMillis(200);
            return new Outcome(process.exitValue(), out.awaitEnd(pipes), err.awaitEnd(pipes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        Seen.childOf(process.pid()).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
