package io.pidone.cron;

import io.pidone.cron.crontab.CrontabReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What crontabs hold, in short: it differs when a {@link CrontabReader} would read something else. */
final class Fingerprint {

    /** What is bigger is refused by the reader, and only its size and time count here. */
    private static final int LARGEST_BYTES = 16 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }

    static String of(List<Path> crontabs) {
        Fingerprint fingerprint = new Fingerprint();
        for (Path crontab : crontabs) {
            if (Files.isDirectory(crontab)) {
                fingerprint.addDirectory(crontab);
            } else {
                fingerprint.addFile(crontab);
            }
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void addDirectory(Path directory) {
        add("directory");
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.sorted().toList()) {
                String name = child.getFileName().toString();
                if (CrontabReader.isRunPartsName(name) && !Files.isDirectory(child)) {
                    add(name);
                    addFile(child);
                }
            }
        } catch (IOException e) {
            add("cannot be listed: " + e);
        }
        add("end");
    }

    private void addFile(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                // A pipe is not read here: what is in it can be read only once.
                add(Files.exists(file) ? "no file" : "nothing");
            } else if (Files.size(file) > LARGEST_BYTES) {
                add("large " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            } else {
                addContent(file);
            }
        } catch (IOException e) {
            add("cannot be read: " + e);
        }
    }

    private void addContent(Path file) throws IOException {
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read > 0 && size <= LARGEST_BYTES; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        // After the content, so that the border to the next is not lost.
        add("file of " + size);
    }

    private void add(String fact) {
        digest.update((byte) 0);
        digest.update(fact.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
