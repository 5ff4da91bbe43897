package io.pidone.process.linux;

import io.pidone.process.Errno;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the runtime's own descriptors from children: all but the inherited ones get close-on-exec.
 *
 * <p>Done before each spawn, since the runtime opens files whenever it loads a class. One close_range(2) per gap; where
 * the kernel has none, one fcntl(2) per possible descriptor up to a bound. Another thread may open one just then: the
 * child closes them once more itself, where its C library and kernel can.
 */
final class Descriptors {

    private static final int FIRST = 3;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    /** Where the slow way stops: the soft limit of open files that systems start with, see getrlimit(2). */
    private static final int SLOW_BOUND = 1024;

    private static final int O_CLOEXEC = 0x80000;

    private final Libc libc;
    private final SystemCalls calls;
    private final TreeSet<Integer> inherited;
    private boolean rangesWork;

    Descriptors(Libc libc, SystemCalls calls, Set<Integer> inherited) {
        this.libc = libc;
        this.calls = calls;
        this.inherited = new TreeSet<>(inherited);
    }

    void keepFromChildren() {
        int from = FIRST;
        for (int kept : inherited) {
            if (kept > from) {
                closeOnExec(from, kept - 1L);
            }
            from = Math.max(from, kept + 1);
        }
        closeOnExec(from, 0xFFFFFFFFL);
    }

    private void closeOnExec(int first, long last) {
        rangesWork = libc.syscall(calls.closeRange(), first, last, CLOSE_RANGE_CLOEXEC, 0) >= 0;
        if (rangesWork) {
            return;
        }
        for (int descriptor = first; descriptor <= Math.min(last, SLOW_BOUND); descriptor++) {
            int flags = libc.fcntl(descriptor, F_GETFD, 0);
            if (flags >= 0 && (flags & FD_CLOEXEC) == 0) {
                libc.fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC);
            }
        }
    }

    /** Has the child close all but the inherited ones and {@code also}; after {@link #keepFromChildren}. */
    void addCloses(long actions, Set<Integer> also) {
        TreeSet<Integer> kept = new TreeSet<>(inherited);
        kept.addAll(also);
        int beyond = Math.max(FIRST, kept.isEmpty() ? FIRST : kept.last() + 1);
        // On an older kernel the C library would look into /proc, and fail where there is none.
        if (!rangesWork || libc.addCloseFrom(actions, beyond) < 0) {
            return;
        }
        for (int descriptor = FIRST; descriptor < Math.min(beyond, SLOW_BOUND); descriptor++) {
            if (!kept.contains(descriptor)) {
                libc.addClose(actions, descriptor);
            }
        }
    }

    /** A descriptor number that is free in a child, held here by a close-on-exec handle until {@link Libc#close}. */
    int reserve() {
        try (Arena arena = new Arena(libc)) {
            int descriptor = libc.open(arena.string("/"), O_CLOEXEC);
            return descriptor >= 0 ? descriptor : -Errno.EMFILE;
        }
    }

    /** Where a descriptor can be opened anew by path. */
    static String pathOf(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }
}
