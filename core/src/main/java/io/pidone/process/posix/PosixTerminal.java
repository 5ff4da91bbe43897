package io.pidone.process.posix;

import io.pidone.process.ProcessGroup;
import io.pidone.process.Terminal;
import java.util.Optional;
import static io.pidone.process.posix.LibC.C;

/** The controlling terminal by tcgetpgrp(3) and its kin. Thread-safe. */
public final class PosixTerminal implements Terminal {

    private static final long TIOCNOTTY = LibC.LINUX ? 0x5422 : 0x20007471;

    @Override
    public boolean isTerminal(int descriptor) {
        return C.isatty(descriptor) == 1;
    }

    @Override
    public Optional<ProcessGroup> foreground(int descriptor) {
        int group = C.tcgetpgrp(descriptor);
        return group >= 0 ? Optional.of(new ProcessGroup(group)) : Optional.empty();
    }

    @Override
    public boolean setForeground(int descriptor, ProcessGroup group) {
        return C.tcsetpgrp(descriptor, group.id()) == 0;
    }

    @Override
    public boolean release(int descriptor) {
        return C.ioctl(descriptor, TIOCNOTTY, 0) == 0;
    }

    @Override
    public ProcessGroup ownGroup() {
        return new ProcessGroup(C.getpgrp());
    }

    @Override
    public int ownSession() {
        return C.getsid(0);
    }

    @Override
    public boolean parentControlsJobs() {
        int parent = C.getppid();
        return parent > 0 && C.getsid(parent) == C.getsid(0) && C.getpgid(parent) != C.getpgrp();
    }
}
