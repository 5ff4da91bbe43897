package io.pidone.process.posix;

import io.pidone.process.ProcessSystem;
import io.pidone.process.ProgramContract;

/** The contract, held by the portable implementation. */
class PosixProgramTest extends ProgramContract {

    private static final ProcessSystem SYSTEM = new PosixProcessSystem();

    @Override
    protected ProcessSystem system() {
        return SYSTEM;
    }
}
