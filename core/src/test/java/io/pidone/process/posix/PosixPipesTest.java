package io.pidone.process.posix;

import io.pidone.process.Pipes;
import io.pidone.process.PipesContract;
import io.pidone.process.Poller;
import io.pidone.process.ProcessSystem;

/** The contract, held by the portable implementation. */
class PosixPipesTest extends PipesContract {

    private static final Pipes PIPES = new PosixPipes();
    private static final ProcessSystem SYSTEM = new PosixProcessSystem();

    @Override
    protected Pipes pipes() {
        return PIPES;
    }

    @Override
    protected Poller newPoller() {
        return new PosixPoller();
    }

    @Override
    protected ProcessSystem system() {
        return SYSTEM;
    }

    @Override
    protected String name() {
        return "posix";
    }
}
