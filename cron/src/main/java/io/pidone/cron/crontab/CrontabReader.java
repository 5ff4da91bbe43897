package io.pidone.cron.crontab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads crontabs from text, files and directories, and finds all errors in them at once.
 *
 * <p>Of a directory those files count whose names run-parts(8) would take: ASCII letters, digits, underscores and
 * hyphens; in the order of their names, without subdirectories. Immutable and safe for threads.
 */
public final class CrontabReader {

    /** A crontab of 10 000 entries has some MiB; what is bigger is a mistake, and is not read into memory. */
    static final int LARGEST_BYTES = 16 << 20;

    private final CrontabSyntax syntax;

    public CrontabReader(CrontabSyntax syntax) {
        this.syntax = syntax;
    }

    /**
     * Reads one crontab.
     *
     * @param file what errors call it
     * @throws CrontabException with all errors, if there is one
     */
    public Crontab parse(String file, String text) throws CrontabException {
        Collected collected = new Collected();
        collected.add(file, text);
        return collected.crontab();
    }

    /**
     * Reads one crontab of UTF-8.
     *
     * @param file what errors call it
     * @throws CrontabException with all errors, if there is one; a byte that is not UTF-8 is one
     */
    public Crontab parse(String file, byte[] bytes) throws CrontabException {
        Collected collected = new Collected();
        collected.add(file, bytes);
        return collected.crontab();
    }

    /**
     * Reads files, and of directories the files in them.
     *
     * @throws CrontabException with all errors of all files, if there is one; a file that cannot be read is one
     */
    public Crontab read(List<Path> paths) throws CrontabException {
        Collected collected = new Collected();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                collected.addDirectory(path);
            } else {
                collected.addFile(path);
            }
        }
        return collected.crontab();
    }

    /** Whether run-parts(8) would take a file of this name. */
    public static boolean isRunPartsName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9' || c == '_' || c == '-');
    }

    /** Appends the line to {@code text}; the column of the first byte that is not UTF-8, 1 is the first. */
    private static Optional<Integer> decodeLine(ByteBuffer line, StringBuilder text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(line.remaining());
        int start = line.position();
        boolean whole = !decoder.decode(line, out, true).isError();
        if (whole) {
            text.append(out.flip());
            return Optional.empty();
        }
        line.position(start);
        text.append(StandardCharsets.UTF_8.decode(line));
        return Optional.of(out.position() + 1);
    }

    private record MalformedLine(String file, int line, List<Diagnostic> refused) {

        void refuse(int column) {
            refused.add(new Diagnostic(file, line, column, "a byte that is not UTF-8; save the file as UTF-8"));
        }
    }

    /** What the files hold so far. */
    private final class Collected {

        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Entry> byName = new HashMap<>();
        private final List<Diagnostic> errors = new ArrayList<>();
        private final List<Diagnostic> warnings = new ArrayList<>();
        private Map<String, String> environment = Map.of();
        private Optional<ZoneId> zone = Optional.empty();

        void add(String file, String text) {
            CrontabParser parser = new CrontabParser(file, syntax);
            Crontab crontab = parser.parse(text);
            crontab.entries().forEach(this::add);
            warnings.addAll(crontab.warnings());
            errors.addAll(parser.errors());
            environment = crontab.environment();
            zone = crontab.zone();
        }

        private void add(Entry entry) {
            entries.add(entry);
            Entry earlier = entry.name().isEmpty() ? null : byName.putIfAbsent(entry.name().get(), entry);
            if (earlier != null) {
                errors.add(new Diagnostic(entry.file(), entry.line(), 0, "the name "
                        + CrontabParser.shown(entry.name().get()) + " is taken by " + earlier.file() + ":"
                        + earlier.line() + "; give each entry its own"));
            }
        }

        void add(String file, byte[] bytes) {
            List<Diagnostic> refused = new ArrayList<>();
            StringBuilder text = new StringBuilder(bytes.length);
            int from = 0;
            int line = 0;
            while (from < bytes.length) {
                int end = from;
                while (end < bytes.length && bytes[end] != '\n') {
                    end++;
                }
                line++;
                decodeLine(ByteBuffer.wrap(bytes, from, end - from), text)
                        .ifPresent(new MalformedLine(file, line, refused)::refuse);
                text.append(end < bytes.length ? "\n" : "");
                from = end + 1;
            }
            int before = errors.size();
            errors.addAll(refused.subList(0, Math.min(refused.size(), CrontabParser.MOST_DIAGNOSTICS)));
            add(file, text.toString());
            errors.subList(before, errors.size()).sort(Comparator.comparingInt(Diagnostic::line));
        }

        void addFile(Path path) {
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
                if (bytes.length > LARGEST_BYTES) {
                    refuse(path, "is too big; a crontab has at most " + LARGEST_BYTES + " bytes");
                } else {
                    add(path.toString(), bytes);
                }
            } catch (IOException e) {
                refuse(path, "cannot be read: " + reason(e));
            }
        }

        void addDirectory(Path directory) {
            List<Path> found;
            try (Stream<Path> children = Files.list(directory)) {
                found = children.sorted().toList();
            } catch (IOException e) {
                refuse(directory, "cannot be listed: " + reason(e));
                return;
            }
            for (Path child : found) {
                String name = child.getFileName().toString();
                if (Files.isDirectory(child)) {
                    continue;
                }
                if (isRunPartsName(name)) {
                    addFile(child);
                } else if (!name.startsWith(".")) {
                    warnings.add(new Diagnostic(child.toString(), 0, 0,
                            "left out; of a directory only names of letters, digits, _ and - count"));
                }
            }
        }

        private void refuse(Path path, String message) {
            errors.add(new Diagnostic(path.toString(), 0, 0, message));
        }

        private static String reason(IOException e) {
            return e instanceof NoSuchFileException ? "no such file or directory"
                    : e instanceof AccessDeniedException ? "permission denied" : e.toString();
        }

        Crontab crontab() throws CrontabException {
            if (!errors.isEmpty()) {
                throw new CrontabException(errors, warnings);
            }
            return new Crontab(List.copyOf(entries), environment, zone, List.copyOf(warnings));
        }
    }
}
