package io.pidone.cron;

import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Pipes;
import java.util.concurrent.CountDownLatch;

/** Another's, whose first read fails. */
record FailingPipes(Pipes pipes, CountDownLatch failed) implements Pipes {

    @Override
    public Pipe open() {
        return pipes.open();
    }

    @Override
    public int input(byte[] bytes) {
        return pipes.input(bytes);
    }

    @Override
    public int read(int descriptor, byte[] buffer) {
        if (failed.getCount() > 0) {
            failed.countDown();
            throw new ErrnoException("read", Errno.EIO);
        }
        return pipes.read(descriptor, buffer);
    }

    @Override
    public void write(int descriptor, byte[] bytes, int length) {
        pipes.write(descriptor, bytes, length);
    }

    @Override
    public void close(int descriptor) {
        pipes.close(descriptor);
    }
}
