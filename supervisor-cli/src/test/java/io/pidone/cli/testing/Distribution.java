package io.pidone.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built distribution, copied for the time of this JVM to where every user can read it and no test hides it: the
 * checkout may lie under /tmp, or in a directory that only its owner may enter.
 */
final class Distribution {

    private static final Path LAUNCHER = copied(
            Path.of(System.getProperty("pidone.bin", "target/pidone/bin/pidone")).toAbsolutePath().normalize());

    private Distribution() {
    }

    static Path launcher() {
        return LAUNCHER;
    }

    private static Path copied(Path launcher) {
        Path from = launcher.getParent().getParent();
        try {
            Path place = Files.isWritable(Path.of("/opt")) ? Path.of("/opt") : Path.of("/var/tmp");
            Path to = Files.createTempDirectory(place, "pidone-test-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(to), "delete-distribution"));
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (Path file : walk(from)) {
                if (!file.equals(from)) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            return to.resolve(from.relativize(launcher));
        } catch (IOException e) {
            throw new UncheckedIOException("build the distribution first: mvn package", e);
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }

    private static void delete(Path directory) {
        try {
            for (Path file : walk(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            System.err.println("left behind: " + directory + ": " + left);
        }
    }
}
