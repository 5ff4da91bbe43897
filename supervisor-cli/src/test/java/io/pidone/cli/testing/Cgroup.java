package io.pidone.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control group of its own with one controller, v1 or v2, whichever the machine has. It is removed at the end. */
public final class Cgroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path directory;

    private Cgroup(Path directory) {
        this.directory = directory;
    }

    /** Makes one. */
    public static Cgroup create(String controller) throws IOException {
        Path parent = ROOT.resolve(controller);
        if (!Files.isDirectory(parent)) {
            parent = ROOT;
            Files.writeString(parent.resolve("cgroup.subtree_control"), "+" + controller);
        }
        return new Cgroup(Files.createDirectory(parent.resolve("pidone-it-" + ProcessHandle.current().pid())));
    }

    /** A wrapper that joins the group and runs what comes after it. */
    public String[] joiner() {
        String members = directory.resolve("cgroup.procs").toString();
        return new String[] {"sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", members};
    }

    /** Writes a file of the group. */
    public void set(String file, String value) throws IOException {
        Files.writeString(directory.resolve(file), value);
    }

    /** Reads a file of the group. */
    public String get(String file) throws IOException {
        return Files.readString(directory.resolve(file)).trim();
    }

    /** Sets the limit of its memory. */
    public void limitMemory(long bytes) throws IOException {
        boolean second = Files.exists(directory.resolve("memory.max"));
        set(second ? "memory.max" : "memory.limit_in_bytes", Long.toString(bytes));
    }

    @Override
    public void close() {
        Await.until("the group is empty", () -> directory.toFile().delete());
    }
}
