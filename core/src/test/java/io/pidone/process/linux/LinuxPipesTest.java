package io.pidone.process.linux;

import io.pidone.process.Pipes;
import io.pidone.process.PipesContract;
import io.pidone.process.Poller;
import io.pidone.process.ProcessSystem;

/** The contract, held by the fast implementation. */
class LinuxPipesTest extends PipesContract {

    private static final Linux LINUX = Linux.open();
    private static final Pipes PIPES = LINUX.pipes();
    private static final ProcessSystem SYSTEM = LINUX.processSystem(Startup.embedded());

    @Override
    protected Pipes pipes() {
        return PIPES;
    }

    @Override
    protected Poller newPoller() {
        return LINUX.poller();
    }

    @Override
    protected ProcessSystem system() {
        return SYSTEM;
    }

    @Override
    protected String name() {
        return "linux";
    }
}
