package io.pidone.procfs;

import java.io.File;
import java.nio.file.Path;

/**
 * One pass over the processes of a /proc. For one thread.
 *
 * <p>Without getdents(2) at hand the JDK's listing allocates a string per process, and opening a file a stream; the
 * reading itself allocates nothing.
 */
final class ProcessScan {

    private final File root;
    private final StatLine line = new StatLine();

    ProcessScan(Path root) {
        this.root = root.toFile();
    }

    /** Told of one process; {@code line} is valid during the call. */
    @FunctionalInterface
    interface Visitor {
        void visit(int pid, StatLine line);
    }

    /** Visits every readable process; false if the root holds no process at all: /proc is not mounted there. */
    boolean forEach(Visitor visitor) {
        String[] names = root.list();
        if (names == null) {
            return false;
        }
        boolean mounted = false;
        for (String name : names) {
            int pid = pid(name);
            if (pid > 0) {
                mounted = true;
                if (line.read(new File(root, name + "/stat"))) {
                    visitor.visit(pid, line);
                }
            }
        }
        return mounted;
    }

    /** The number that a name is, or -1. */
    private static int pid(String name) {
        int value = 0;
        for (int i = 0; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 8) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
