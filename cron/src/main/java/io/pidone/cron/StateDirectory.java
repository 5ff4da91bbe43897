package io.pidone.cron;

import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that holds a state, for one process at a time: {@code state.json}, and {@code lock}, which is locked as
 * by fcntl(2) and so is free as soon as its process has ended. For its owner only, since keys contain commands.
 *
 * <p>The file is replaced as a whole: written beside it, fsync, rename, fsync of the directory. So it is the old one or
 * the new one at any moment, after a kill and after a power failure too. Not safe for threads.
 */
final class StateDirectory {

    /** 10 000 jobs have some MiB; what is bigger is no state, and is not read into memory. */
    private static final int LARGEST_BYTES = 256 << 20;

    private static final int BUFFER_CHARS = 1 << 16;
    private static final FileAttribute<?> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final Path lockFile;
    private final Path file;
    private final Path temporary;
    private final Path corrupt;
    private FileChannel lock;

    StateDirectory(Path directory) {
        this.directory = directory;
        lockFile = directory.resolve("lock");
        file = directory.resolve("state.json");
        temporary = directory.resolve("state.json.tmp");
        corrupt = directory.resolve("state.json.corrupt");
    }

    Path file() {
        return file;
    }

    /**
     * Creates the directory if it is missing, and locks it.
     *
     * @throws StateInUseException if another process, or another state of this one, has it
     */
    void claim() throws IOException {
        if (lock != null && Files.exists(lockFile)) {
            return;
        }
        release();
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, OWNER_DIRECTORY);
        }
        FileChannel channel = FileChannel.open(lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), OWNER_FILE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                lock = channel;
                return;
            }
        } catch (OverlappingFileLockException e) {
            // As below: this process has it.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        throw new StateInUseException(directory);
    }

    /** The bytes of the state; empty if there is none. */
    Optional<byte[]> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new IOException("more than " + LARGEST_BYTES + " bytes");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Renames a state that cannot be used, and answers to what. */
    Path setAside() throws IOException {
        Files.move(file, corrupt, StandardCopyOption.ATOMIC_MOVE);
        return corrupt;
    }

    /** Replaces the state; the old one stays if this throws. */
    void replace(Map<String, JobState> jobs) throws IOException {
        claim();
        // Never through a link or a pipe that somebody put there.
        Files.deleteIfExists(temporary);
        Set<OpenOption> created = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, created, OWNER_FILE)) {
            // A writer puts a mark in place of half a surrogate pair, where a stream of UTF-8 would refuse the key.
            Writer out = new BufferedWriter(
                    new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), BUFFER_CHARS);
            StateFormat.write(out, jobs);
            channel.force(true);
        } catch (IOException | RuntimeException | Error e) {
            leaveNothing();
            throw e;
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    /** A full disk needs what half a state holds. */
    private void leaveNothing() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // What failed before it is what counts.
        }
    }

    /** Some file systems refuse it; the new state is in its place all the same, and survives a kill. */
    private void forceDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // After a power failure the one before may be found.
        }
    }

    /** Lets others have the directory. */
    void release() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
