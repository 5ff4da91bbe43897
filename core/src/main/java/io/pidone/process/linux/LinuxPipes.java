package io.pidone.process.linux;

import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import java.util.Objects;

/** Pipes by pipe2(2), and input by memfd_create(2). Bytes are copied once, between a native buffer and the array. */
final class LinuxPipes implements Pipes {

    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETFL = 4;
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_NOEXEC_SEAL = 8;
    private static final int SEEK_SET = 0;
    private static final short POLLOUT = 4;

    private final Libc libc;
    private final Buffers buffers;

    LinuxPipes(Libc libc) {
        this.libc = libc;
        buffers = new Buffers(libc);
    }

    private static int require(String call, long result) {
        if (result < 0) {
            throw new ErrnoException(call, (int) -result);
        }
        return (int) result;
    }

    @Override
    public Pipe open() {
        try (Arena arena = new Arena(libc)) {
            long ends = arena.allocate(8);
            require("pipe2", libc.pipe2(ends, O_CLOEXEC));
            Pipe pipe = new Pipe(libc.getInt(ends), libc.getInt(ends + 4));
            require("fcntl F_SETFL", libc.fcntl(pipe.readEnd(), F_SETFL, O_NONBLOCK));
            return pipe;
        }
    }

    @Override
    public int input(byte[] bytes) {
        int descriptor = anonymousFile();
        try {
            write(descriptor, bytes, bytes.length);
            require("lseek", libc.lseek(descriptor, 0, SEEK_SET));
            return descriptor;
        } catch (RuntimeException failure) {
            libc.close(descriptor);
            throw failure;
        }
    }

    /** A system may insist on the seal (sysctl vm.memfd_noexec = 2), and kernels before 6.3 do not know it. */
    private int anonymousFile() {
        try (Arena arena = new Arena(libc)) {
            long name = arena.string("pidone-input");
            int descriptor = libc.memfdCreate(name, MFD_CLOEXEC | MFD_NOEXEC_SEAL);
            return require("memfd_create",
                    descriptor == -Errno.EINVAL ? libc.memfdCreate(name, MFD_CLOEXEC) : descriptor);
        }
    }

    @Override
    public int read(int descriptor, byte[] buffer) {
        if (buffer.length == 0) {
            throw new IllegalArgumentException("a buffer without room");
        }
        long block = buffers.take();
        try {
            long got;
            do {
                got = libc.read(descriptor, block, Math.min(buffer.length, Buffers.BYTES));
            } while (got == -Errno.EINTR);
            if (got == -Errno.EAGAIN) {
                return WOULD_BLOCK;
            }
            int length = require("read", got);
            libc.getBytes(block, buffer, length);
            return length;
        } finally {
            buffers.giveBack(block);
        }
    }

    @Override
    public void write(int descriptor, byte[] bytes, int length) {
        Objects.checkFromIndexSize(0, length, bytes.length);
        long block = buffers.take();
        try {
            for (int from = 0; from < length; from += Buffers.BYTES) {
                int part = Math.min(length - from, Buffers.BYTES);
                libc.putBytes(block, bytes, from, part);
                writePart(descriptor, block, part);
            }
        } finally {
            buffers.giveBack(block);
        }
    }

    private void writePart(int descriptor, long block, int length) {
        for (int done = 0; done < length; ) {
            long written = libc.write(descriptor, block + done, length - done);
            if (written == -Errno.EAGAIN) {
                awaitRoom(descriptor, block + Buffers.POLL_ENTRY);
            } else if (written != -Errno.EINTR) {
                done += require("write", written);
            }
        }
    }

    private void awaitRoom(int descriptor, long pollEntry) {
        libc.putInt(pollEntry, descriptor);
        libc.putInt(pollEntry + 4, POLLOUT);
        int error = libc.poll(pollEntry, 1, -1);
        if (error != -Errno.EINTR) {
            require("poll", error);
        }
    }

    /** EINTR is no failure: Linux has closed it by then. */
    @Override
    public void close(int descriptor) {
        int error = libc.close(descriptor);
        if (error != -Errno.EINTR) {
            require("close", error);
        }
    }
}
