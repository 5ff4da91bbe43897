package io.pidone.process;

/**
 * A file that the kernel does not know how to execute (ENOEXEC): given to the shell if it looks like text, as shells
 * themselves decide, see "Command Search and Execution" in POSIX. What is no text would be executed as garbage.
 */
public final class ShellScript {

    /** How much of the beginning tells: what dash and bash look at. */
    public static final int HEAD_BYTES = 80;

    private ShellScript() {
    }

    /** Whether no NUL stands in the first line, as far as {@code length} bytes of the beginning show it. */
    public static boolean looksLikeText(byte[] head, int length) {
        for (int i = 0; i < length && head[i] != '\n'; i++) {
            if (head[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
