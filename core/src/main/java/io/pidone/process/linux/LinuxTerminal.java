package io.pidone.process.linux;

import io.pidone.process.ProcessGroup;
import io.pidone.process.Signal;
import io.pidone.process.SignalSet;
import io.pidone.process.Terminal;
import java.util.Optional;

/** Job control by ioctl_tty(2). */
final class LinuxTerminal implements Terminal {

    private static final long TIOCNOTTY = 0x5422;
    private static final int KERNEL_SIGSET_BYTES = 8;

    private final Libc libc;
    private final SystemCalls calls;

    LinuxTerminal(Libc libc, SystemCalls calls) {
        this.libc = libc;
        this.calls = calls;
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return libc.isatty(descriptor) == 1;
    }

    @Override
    public Optional<ProcessGroup> foreground(int descriptor) {
        int group = libc.tcgetpgrp(descriptor);
        return group < 0 ? Optional.empty() : Optional.of(new ProcessGroup(group));
    }

    @Override
    public boolean setForeground(int descriptor, ProcessGroup group) {
        return libc.tcsetpgrp(descriptor, group.id()) == 0;
    }

    /** The hang-up that this sends to the caller itself is taken from the queue, so that it is not an event. */
    @Override
    public boolean release(int descriptor) {
        if (libc.ioctl(descriptor, TIOCNOTTY, 0) != 0) {
            return false;
        }
        try (Arena arena = new Arena(libc)) {
            long set = arena.allocate(KERNEL_SIGSET_BYTES);
            libc.putLong(set, SignalSet.of(Signal.HUP, Signal.CONT).bits());
            long now = arena.allocate(16);
            for (int i = 0; i < 2; i++) {
                libc.syscall(calls.sigtimedwait(), set, 0, now, KERNEL_SIGSET_BYTES);
            }
        }
        return true;
    }

    @Override
    public ProcessGroup ownGroup() {
        return new ProcessGroup(libc.getpgid(0));
    }

    @Override
    public int ownSession() {
        return libc.getsid(0);
    }

    @Override
    public boolean parentControlsJobs() {
        int parent = libc.getppid();
        return parent > 0 && libc.getsid(parent) == libc.getsid(0) && libc.getpgid(parent) != libc.getpgid(0);
    }
}
