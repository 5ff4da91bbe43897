package io.pidone.cron;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A mount of a test's own, gone at its end; who may not mount skips the test. */
final class Mount implements AutoCloseable {

    private final Path point;

    private Mount(Path point) {
        this.point = point;
    }

    /** A file system of so many KiB. */
    static Mount small(Path point, int sizeKib) throws IOException {
        Files.createDirectories(point);
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + sizeKib + "k", "tmpfs", point.toString()));
        return new Mount(point);
    }

    /** The directory over itself, so that it can be made read-only apart from the rest. */
    static Mount bind(Path point) throws IOException {
        Files.createDirectories(point);
        Assumptions.assumeTrue(run("mount", "--bind", point.toString(), point.toString()));
        return new Mount(point);
    }

    /** A file in place of another. */
    static Mount file(Path source, Path point) throws IOException {
        Assumptions.assumeTrue(run("mount", "--bind", source.toString(), point.toString()));
        return new Mount(point);
    }

    void remount(String options) throws IOException {
        if (!run("mount", "-o", "remount,bind," + options, point.toString())) {
            throw new IOException("cannot remount " + point);
        }
    }

    /** Leaves no byte free; answers what to delete. */
    Path fill() throws IOException {
        Path ballast = point.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (byte[] block = new byte[4096];; out.write(block)) {
                out.flush();
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            return ballast;
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", point.toString());
    }
}
