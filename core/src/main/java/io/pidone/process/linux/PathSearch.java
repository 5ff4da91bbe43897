package io.pidone.process.linux;

/** Looks for a program in {@code PATH} as execvp(3) does, to name a script to the shell. */
final class PathSearch {

    private static final int X_OK = 1;

    /** What execvp(3) of glibc searches without {@code PATH}. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private final Libc libc;

    PathSearch(Libc libc) {
        this.libc = libc;
    }

    /** The first executable of this name; the name itself if there is none. */
    String find(String program) {
        String path = System.getenv("PATH");
        for (String directory : (path == null ? DEFAULT_PATH : path).split(":", -1)) {
            String candidate = directory.isEmpty() ? program : directory + "/" + program;
            try (Arena arena = new Arena(libc)) {
                if (libc.access(arena.string(candidate), X_OK) == 0) {
                    return candidate;
                }
            }
        }
        return program;
    }
}
