package io.pidone.process.linux;

import io.pidone.process.ProcessSystem;
import io.pidone.process.ProcessSystemContract;

/** The contract, held by the fast implementation. */
class LinuxProcessSystemTest extends ProcessSystemContract {

    private static final ProcessSystem SYSTEM = Linux.open().processSystem(Startup.embedded());

    @Override
    protected ProcessSystem system() {
        return SYSTEM;
    }

    @Override
    protected boolean changesCredentials() {
        return true;
    }
}
