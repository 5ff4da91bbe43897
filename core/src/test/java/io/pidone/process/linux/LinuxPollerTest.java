package io.pidone.process.linux;

import io.pidone.process.Pipes;
import io.pidone.process.Poller;
import io.pidone.process.PollerContract;

/** The contract, held by the fast implementation. */
class LinuxPollerTest extends PollerContract {

    private static final Linux LINUX = Linux.open();
    private static final Pipes PIPES = LINUX.pipes();

    @Override
    protected Poller newPoller() {
        return LINUX.poller();
    }

    @Override
    protected Pipes pipes() {
        return PIPES;
    }
}
