package io.pidone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What results were measured on.
 *
 * @param processor its model
 * @param cores those that the JVM may use
 * @param memory the machine's, with its unit
 * @param system operating system and its release
 * @param jdk vendor, version and virtual machine
 * @param commit of pidone; {@code -dirty} behind it: with changes
 */
record Machine(String processor, int cores, String memory, String system, String jdk, String commit) {

    private static final String UNKNOWN = "unknown";

    /** This machine. */
    static Machine read(Path proc, Function<String, String> properties, String commit) {
        return new Machine(
                field(proc.resolve("cpuinfo"), "model name").orElse(properties.apply("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                field(proc.resolve("meminfo"), "MemTotal").orElse(UNKNOWN),
                properties.apply("os.name") + " " + properties.apply("os.version"),
                properties.apply("java.vendor") + " " + properties.apply("java.runtime.version") + ", "
                        + properties.apply("java.vm.name"),
                commit);
    }

    private static Optional<String> field(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(l -> l.startsWith(name)).findFirst()
                    .map(l -> l.substring(l.indexOf(':') + 1).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
