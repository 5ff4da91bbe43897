package io.pidone.cron;

import io.pidone.cron.crontab.CrontabReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In which directories which names decide what a crontab path leads to: every name on the way from the root, through
 * every symbolic link, to the file; so also {@code ..data} of a ConfigMap, and a directory that does not exist yet.
 *
 * <p>A value: two are equal if the same names count. The directories are free of links.
 */
record WatchedNames(Map<Path, Directory> directories) {

    /** As in the kernel, see path_resolution(7). */
    private static final int MOST_LINKS = 40;

    /**
     * A directory with names that count.
     *
     * @param names of which it matters that they come and go
     * @param files whether files are among them, so that their content matters too
     * @param runParts whether every name counts that run-parts(8) would take
     */
    record Directory(Set<String> names, boolean files, boolean runParts) {

        private static final Directory NONE = new Directory(Set.of(), false, false);

        boolean counts(String name) {
            return names.contains(name) || runParts && CrontabReader.isRunPartsName(name);
        }

        private Directory and(String name, boolean file) {
            Set<String> more = new HashSet<>(names);
            more.add(name);
            return new Directory(more, files || file, runParts);
        }

        private Directory andRunParts() {
            return new Directory(names, true, true);
        }
    }

    static WatchedNames of(List<Path> crontabs) {
        WatchedNames watched = new WatchedNames(new HashMap<>());
        for (Path crontab : crontabs) {
            Path end = watched.follow(crontab.toAbsolutePath());
            if (Files.isDirectory(end)) {
                watched.addChildren(end);
            }
        }
        return watched;
    }

    private void addChildren(Path directory) {
        directories.merge(directory, Directory.NONE.andRunParts(), (known, added) -> known.andRunParts());
        try (Stream<Path> children = Files.list(directory)) {
            children.filter(child -> CrontabReader.isRunPartsName(child.getFileName().toString()))
                    .filter(Files::isSymbolicLink).forEach(this::follow);
        } catch (IOException e) {
            // It went away, or is not to be listed; its names count in any case.
        }
    }

    /** Notes every name on the way; answers where it ends, perhaps at something that does not exist. */
    private Path follow(Path path) {
        Path at = path.getRoot();
        Deque<Path> ahead = new ArrayDeque<>();
        path.forEach(ahead::add);
        int links = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.poll().toString();
            if (name.equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                continue;
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            Path child = at.resolve(name);
            boolean directory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
            add(at, name, !directory && !Files.isSymbolicLink(child));
            if (Files.isSymbolicLink(child) && links++ < MOST_LINKS) {
                at = push(child, at, ahead);
            } else if (directory) {
                at = child;
            } else {
                return child;
            }
        }
        return at;
    }

    /** Puts a link's target before what lies ahead; answers where that begins. */
    private static Path push(Path link, Path at, Deque<Path> ahead) {
        try {
            Path target = Files.readSymbolicLink(link);
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                ahead.addFirst(target.getName(i));
            }
            return target.isAbsolute() ? target.getRoot() : at;
        } catch (IOException e) {
            // It changed under our eyes, and that is an event.
            ahead.clear();
            return link;
        }
    }

    private void add(Path directory, String name, boolean file) {
        directories.put(directory, directories.getOrDefault(directory, Directory.NONE).and(name, file));
    }
}
