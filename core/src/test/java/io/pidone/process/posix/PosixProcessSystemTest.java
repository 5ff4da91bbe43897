package io.pidone.process.posix;

import io.pidone.process.ProcessSystem;
import io.pidone.process.ProcessSystemContract;

/** The contract, held by the portable implementation. */
class PosixProcessSystemTest extends ProcessSystemContract {

    private static final ProcessSystem SYSTEM = new PosixProcessSystem();

    @Override
    protected ProcessSystem system() {
        return SYSTEM;
    }

    @Override
    protected boolean changesCredentials() {
        return false;
    }
}
