package io.pidone.init;

import io.pidone.process.Pid;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Signal;
import io.pidone.process.SpawnSpec;
import io.pidone.process.SpawnSpec.Placement;
import io.pidone.process.Terminal;
import java.util.Optional;

/**
 * The terminal on standard input and who is in its foreground, see setpgid(2) and tcsetpgrp(3).
 *
 * <p>Who is started in the foreground hands it to the command, takes it back when the command stops or ends, and stops
 * as well where a shell with job control waits for that. Where none does, a stop typed at the terminal would end the
 * session for good: the command is resumed, as the kernel itself discards such a stop for an orphaned process group.
 */
final class Foreground {

    private static final int STDIN = 0;

    private final ProcessSystem system;
    private final Terminal terminal;
    private boolean handedOver;

    Foreground(ProcessSystem system, Terminal terminal) {
        this.system = system;
        this.terminal = terminal;
    }

    /** Has the child start with the terminal, if this process has it. */
    SpawnSpec handOver(SpawnSpec spec) {
        if (!terminal.isTerminal(STDIN)) {
            return spec;
        }
        if (spec.placement() == Placement.PARENTS_GROUP) {
            return spec;
        }
        if (spec.placement() == Placement.OWN_SESSION) {
            boolean leader = terminal.ownSession() == system.self().value();
            return leader && terminal.release(STDIN) ? spec.withTerminal(STDIN) : spec;
        }
        Optional<ProcessGroup> foreground = terminal.foreground(STDIN);
        handedOver = foreground.isPresent() && foreground.get().equals(terminal.ownGroup());
        return handedOver ? spec.withTerminal(STDIN) : spec;
    }

    /** Where the C library cannot do it in the child. */
    void childSpawned(Pid child) {
        if (handedOver && terminal.foreground(STDIN).filter(terminal.ownGroup()::equals).isPresent()) {
            terminal.setForeground(STDIN, ProcessGroup.ledBy(child));
        }
    }

    void childStopped(Pid child, Signal by) {
        if (!handedOver) {
            return;
        }
        ProcessGroup group = ProcessGroup.ledBy(child);
        if (!terminal.parentControlsJobs()) {
            if (by == Signal.TSTP) {
                system.signal(group, Signal.CONT);
            }
            return;
        }
        takeBack();
        system.signal(system.self(), Signal.STOP);
        if (terminal.foreground(STDIN).filter(terminal.ownGroup()::equals).isPresent()) {
            terminal.setForeground(STDIN, group);
        }
        system.signal(group, Signal.CONT);
    }

    void childEnded() {
        if (handedOver) {
            takeBack();
        }
    }

    private void takeBack() {
        ProcessGroup own = terminal.ownGroup();
        if (own.id() > 0) {
            terminal.setForeground(STDIN, own);
        }
    }
}
