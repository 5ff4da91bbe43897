package io.pidone.process;

import io.pidone.process.linux.Linux;
import io.pidone.process.posix.PosixPipes;

/** A process of its own that opens pipes until it may not, and prints with which errno that ended. */
final class ExhaustedDescriptors {

    private ExhaustedDescriptors() {
    }

    /** Takes the name of the implementation. */
    public static void main(String[] arguments) {
        Pipes pipes = arguments[0].equals("linux") ? Linux.open().pipes() : new PosixPipes();
        // No class can be loaded from a directory afterwards: all that a failure needs is loaded by one.
        pipes.close(pipes.input(new byte[1]));
        failure(() -> pipes.close(-1));
        System.out.println("open " + failure(pipes::open));
        System.out.println("input " + failure(() -> pipes.input(new byte[1])));
    }

    private static int failure(Runnable call) {
        while (true) {
            try {
                call.run();
            } catch (ErrnoException e) {
                return e.errno();
            }
        }
    }
}
