package io.pidone.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process of a container as the host sees it.
 *
 * @param hostPid its pid on the host
 * @param pid its pid in the container
 * @param hostParent its parent's pid on the host; 0 where that is in another namespace
 * @param state the letter of /proc: R, S, T, Z and so on
 * @param name the kernel's name of it, at most 15 characters
 */
public record Seen(long hostPid, long pid, long hostParent, char state, String name) {

    /** A process that has ended and was not reaped yet. */
    public boolean zombie() {
        return state == 'Z';
    }

    /** A process that a signal has stopped. */
    public boolean stopped() {
        return state == 'T';
    }

    /** The first child of a process, once it has one. */
    static Optional<Long> childOf(long parent) {
        try {
            String children = Files.readString(Path.of("/proc/" + parent + "/task/" + parent + "/children")).trim();
            return children.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(children.split(" ")[0]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** One process, while it lives. */
    static Optional<Seen> read(Path directory) {
        try {
            long parent = 0;
            char state = '?';
            String name = "";
            long inner = 0;
            for (String line : Files.readAllLines(directory.resolve("status"))) {
                String value = line.substring(line.indexOf(':') + 1).trim();
                if (line.startsWith("Name:")) {
                    name = value;
                } else if (line.startsWith("State:")) {
                    state = value.charAt(0);
                } else if (line.startsWith("PPid:")) {
                    parent = Long.parseLong(value);
                } else if (line.startsWith("NSpid:")) {
                    String[] pids = value.split("\\s+");
                    inner = Long.parseLong(pids[pids.length - 1]);
                }
            }
            long outer = Long.parseLong(directory.getFileName().toString());
            return Optional.of(new Seen(outer, inner, parent, state, name));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Every process whose ancestor is the given one, itself included. */
    static Stream<Seen> treeOf(long root) {
        return ProcessHandle.of(root).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .flatMap(handle -> read(Path.of("/proc/" + handle.pid())).stream());
    }
}
