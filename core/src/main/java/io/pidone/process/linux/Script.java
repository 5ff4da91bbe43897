package io.pidone.process.linux;

import io.pidone.process.ShellScript;

/**
 * A file that may turn out to be a {@link ShellScript}.
 *
 * @param path address of its path
 * @param head address of {@link ShellScript#HEAD_BYTES} bytes to read its beginning into
 */
record Script(Libc libc, long path, long head) {

    private static final int O_CLOEXEC = 0x80000;

    /** One that cannot be read is left to the shell, which says why. */
    boolean isText() {
        int descriptor = libc.open(path, O_CLOEXEC);
        if (descriptor < 0) {
            return true;
        }
        int length = (int) Math.max(0, libc.read(descriptor, head, ShellScript.HEAD_BYTES));
        libc.close(descriptor);
        byte[] bytes = new byte[ShellScript.HEAD_BYTES];
        libc.getBytes(head, bytes, length);
        return ShellScript.looksLikeText(bytes, length);
    }
}
