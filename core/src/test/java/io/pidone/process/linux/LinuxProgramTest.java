package io.pidone.process.linux;

import io.pidone.process.ProcessSystem;
import io.pidone.process.ProgramContract;

/** The contract, held by the fast implementation. */
class LinuxProgramTest extends ProgramContract {

    private static final ProcessSystem SYSTEM = Linux.open().processSystem(Startup.embedded());

    @Override
    protected ProcessSystem system() {
        return SYSTEM;
    }
}
