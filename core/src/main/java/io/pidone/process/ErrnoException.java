package io.pidone.process;

/** A system call failed in a way that its wrapper does not expect; names the call, its object and the errno. */
public final class ErrnoException extends RuntimeException {

    private final String call;
    private final int errno;

    /**
     * An unexpected failure.
     *
     * @param call the system call, with its object if that helps the reader: {@code "open /proc/1/stat"}
     * @param errno the positive error number, see errno(3)
     */
    public ErrnoException(String call, int errno) {
        super(call + ": " + Errno.text(errno));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public int errno() {
        return errno;
    }
}
