package io.pidone.process.linux;

/**
 * A file that the kernel does not know how to execute: given to the shell if it looks like text, as shells themselves
 * decide, see "Command Search and Execution" in POSIX. What is no text would be executed as garbage.
 *
 * @param path address of its path
 * @param head address of {@link #HEAD_BYTES} bytes to read its beginning into
 */
record Script(Libc libc, long path, long head) {

    static final int HEAD_BYTES = 80;

    private static final int O_CLOEXEC = 0x80000;

    /** No NUL in the beginning of its first line. */
    boolean isText() {
        int descriptor = libc.open(path, O_CLOEXEC);
        if (descriptor < 0) {
            return true;
        }
        int length = (int) Math.max(0, libc.read(descriptor, head, HEAD_BYTES));
        libc.close(descriptor);
        byte[] bytes = new byte[HEAD_BYTES];
        libc.getBytes(head, bytes, length);
        for (int i = 0; i < length && bytes[i] != '\n'; i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
