package io.pidone.process;

/**
 * Pipes from and to children, by descriptor, see pipe(7).
 *
 * <p>Thread-safe, but one descriptor is read by one thread, and closed when no thread uses it any more: its number is
 * given to the next file at once. No descriptor made here passes to a child but by a {@link Redirect}.
 */
public interface Pipes {

    /** What {@link #read} says when nothing is there yet. */
    int WOULD_BLOCK = -1;

    /** What {@link #read} says when nothing will come any more: the last writer has closed its end. */
    int END = 0;

    /**
     * The two ends of a pipe.
     *
     * @param readEnd never blocks; not for a child, which would not expect that
     * @param writeEnd blocks, as a child expects of its stdout; to be closed as soon as the child has it, or the end
     *     never comes
     */
    record Pipe(int readEnd, int writeEnd) {
    }

    /**
     * A new pipe.
     *
     * @throws ErrnoException without a free descriptor: EMFILE, ENFILE
     */
    Pipe open();

    /**
     * A descriptor from which exactly these bytes can be read, once, and then the end: for a child's stdin. It is a
     * file without a name, so nobody has to write while the child reads, and one that does not read holds up nobody.
     *
     * @throws ErrnoException without a free descriptor or memory
     */
    int input(byte[] bytes);

    /**
     * Takes what is there.
     *
     * @param buffer receives the bytes from its beginning on; one call takes at most 64 KiB
     * @return how many bytes, {@link #END} or {@link #WOULD_BLOCK}; it allocates nothing
     * @throws IllegalArgumentException if the buffer has no room: that could not be told from the end
     * @throws ErrnoException as read(2); EIO is the end of a pseudo-terminal
     */
    int read(int descriptor, byte[] buffer);

    /**
     * Writes all of it and waits for a slow reader, also where somebody who shares the descriptor made it non-blocking.
     * Up to 4096 bytes to a pipe never mix with what others write, see PIPE_BUF in pipe(7).
     *
     * @throws ErrnoException as write(2): EPIPE where nobody reads, ENOSPC, EIO; a part may have been written
     */
    void write(int descriptor, byte[] bytes, int length);

    /**
     * Closes a descriptor.
     *
     * @throws ErrnoException as close(2); unless that is EBADF, it is closed nonetheless
     */
    void close(int descriptor);
}
