package io.pidone.process.posix;

import io.pidone.process.Pipes;
import io.pidone.process.Poller;
import io.pidone.process.PollerContract;

/** The contract, held by the portable implementation. */
class PosixPollerTest extends PollerContract {

    private static final Pipes PIPES = new PosixPipes();

    @Override
    protected Poller newPoller() {
        return new PosixPoller();
    }

    @Override
    protected Pipes pipes() {
        return PIPES;
    }
}
