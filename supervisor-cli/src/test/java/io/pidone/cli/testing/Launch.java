package io.pidone.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an init is to be started: alone in a PID namespace, as PID 1 unless told otherwise. Whatever happens, the
 * namespace and with it every process in it ends when its {@link Container} is closed.
 */
public final class Launch {

    private final Init init;
    private final List<String> command;
    private final List<String> wrapper = new ArrayList<>();
    private final List<String> unshared = new ArrayList<>(List.of("--pid", "--fork", "--kill-child"));
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = Path.of("/");
    private boolean pidOne = true;
    private ProcessBuilder.Redirect stdin = ProcessBuilder.Redirect.PIPE;

    private Launch(Init init, List<String> command) {
        this.init = init;
        this.command = command;
        if (!"root".equals(System.getProperty("user.name"))) {
            unshared.addAll(List.of("--user", "--map-root-user"));
        }
        unshared.add("--mount-proc");
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("PIDONE_JAVA_HOME", System.getProperty("java.home"));
    }

    /** The init with the command after its options. */
    public static Launch of(Init init, String... command) {
        return new Launch(init, List.of(command));
    }

    /** A program that is to exec the init: comes right before it on the command line. The outermost is named first. */
    public Launch wrappedIn(String... program) {
        wrapper.addAll(List.of(program));
        return this;
    }

    /** A shell script that prepares something and ends with {@code exec "$@"}. */
    public Launch wrappedInShell(String script) {
        return wrappedIn("sh", "-c", script, "sh");
    }

    /** Sets a variable of the environment, which holds only PATH and PIDONE_JAVA_HOME otherwise. */
    public Launch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts in another directory than the root. */
    public Launch in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    /** A shell becomes PID 1, the init its child; the shell ends with the init's code. */
    public Launch notPidOne() {
        pidOne = false;
        return this;
    }

    /** stdin comes from there; a pipe otherwise. */
    public Launch stdin(ProcessBuilder.Redirect source) {
        stdin = source;
        return this;
    }

    boolean isPidOne() {
        return pidOne;
    }

    /** The whole command line: namespace, wrappers, init, command. */
    List<String> commandLine() {
        // nohup and a shell's & leave signals ignored, and an init hands that on.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,QUIT", "unshare"));
        line.addAll(unshared);
        if (!pidOne) {
            line.addAll(List.of("sh", "-c", "\"$@\"; exit $?", "sh"));
        }
        line.addAll(wrapper);
        line.addAll(init.command());
        line.addAll(command);
        return line;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path directory() {
        return directory;
    }

    /** Starts it. */
    public Container start() {
        ProcessBuilder builder = new ProcessBuilder(commandLine()).directory(directory.toFile()).redirectInput(stdin);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Container(this, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits for its end. */
    public Outcome run() {
        try (Container container = start()) {
            return container.awaitExit();
        }
    }
}
