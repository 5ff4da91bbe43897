package io.pidone.process.posix;

import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import java.util.Objects;
import jnr.ffi.Pointer;
import static io.pidone.process.posix.LibC.C;

/**
 * Pipes by pipe(2), and input by a temporary file that has lost its name. Thread-safe as the port says.
 *
 * <p>pipe(2) and mkstemp(3) make close-on-exec a second step. {@link PosixProcessSystem} closes what a child shall not
 * have in any case; what another library starts at that very moment may get a descriptor.
 */
public final class PosixPipes implements Pipes {

    /** The capacity of a pipe on Linux and macOS: one read empties it. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final int F_SETFD = 2;
    private static final int F_SETFL = 4;
    private static final int FD_CLOEXEC = 1;
    private static final int O_NONBLOCK = LibC.LINUX ? 0x800 : 4;
    private static final int SEEK_SET = 0;
    private static final short POLLOUT = 4;

    /** One block per thread: the buffer, and behind it a {@code struct pollfd}. */
    private final ThreadLocal<Pointer> blocks = ThreadLocal.withInitial(() -> LibC.allocate(BUFFER_BYTES + 8));
    private final HostNumbers numbers = HostNumbers.current();

    private int errno() {
        return numbers.errno(LibC.errno());
    }

    private int require(String call, long result) {
        if (result < 0) {
            throw new ErrnoException(call, errno());
        }
        return (int) result;
    }

    @Override
    public Pipe open() {
        Pointer ends = LibC.allocate(2 * Integer.BYTES);
        require("pipe", C.pipe(ends));
        Pipe pipe = new Pipe(ends.getInt(0), ends.getInt(Integer.BYTES));
        require("fcntl F_SETFD", C.fcntl(pipe.readEnd(), F_SETFD, FD_CLOEXEC));
        require("fcntl F_SETFD", C.fcntl(pipe.writeEnd(), F_SETFD, FD_CLOEXEC));
        require("fcntl F_SETFL", C.fcntl(pipe.readEnd(), F_SETFL, O_NONBLOCK));
        return pipe;
    }

    @Override
    public int input(byte[] bytes) {
        Pointer path = CStrings.of(System.getProperty("java.io.tmpdir") + "/pidone-input-XXXXXX");
        int descriptor = require("mkstemp", C.mkstemp(path));
        try {
            require("unlink", C.unlink(path));
            require("fcntl F_SETFD", C.fcntl(descriptor, F_SETFD, FD_CLOEXEC));
            write(descriptor, bytes, bytes.length);
            require("lseek", C.lseek(descriptor, 0, SEEK_SET));
            return descriptor;
        } catch (RuntimeException failure) {
            C.close(descriptor);
            throw failure;
        }
    }

    @Override
    public int read(int descriptor, byte[] buffer) {
        if (buffer.length == 0) {
            throw new IllegalArgumentException("a buffer without room");
        }
        Pointer block = blocks.get();
        while (true) {
            long got = C.read(descriptor, block, Math.min(buffer.length, BUFFER_BYTES));
            if (got >= 0) {
                block.get(0, buffer, 0, (int) got);
                return (int) got;
            }
            int errno = errno();
            if (errno == Errno.EAGAIN) {
                return WOULD_BLOCK;
            }
            if (errno != Errno.EINTR) {
                throw new ErrnoException("read", errno);
            }
        }
    }

    @Override
    public void write(int descriptor, byte[] bytes, int length) {
        Objects.checkFromIndexSize(0, length, bytes.length);
        Pointer block = blocks.get();
        for (int from = 0; from < length; from += BUFFER_BYTES) {
            int part = Math.min(length - from, BUFFER_BYTES);
            block.put(0, bytes, from, part);
            writePart(descriptor, block, part);
        }
    }

    private void writePart(int descriptor, Pointer block, int length) {
        for (int done = 0; done < length; ) {
            long written = C.write(descriptor, block.slice(done), length - done);
            if (written >= 0) {
                done += (int) written;
                continue;
            }
            int errno = errno();
            if (errno == Errno.EAGAIN) {
                awaitRoom(descriptor, block.slice(BUFFER_BYTES));
            } else if (errno != Errno.EINTR) {
                throw new ErrnoException("write", errno);
            }
        }
    }

    private void awaitRoom(int descriptor, Pointer pollEntry) {
        pollEntry.putInt(0, descriptor);
        pollEntry.putInt(4, POLLOUT);
        if (C.poll(pollEntry, 1, -1) < 0 && errno() != Errno.EINTR) {
            throw new ErrnoException("poll", errno());
        }
    }

    /** EINTR is no failure: Linux and macOS have closed it by then. */
    @Override
    public void close(int descriptor) {
        if (C.close(descriptor) < 0 && errno() != Errno.EINTR) {
            throw new ErrnoException("close", errno());
        }
    }
}
