package io.pidone.reaper;

import io.pidone.process.Delivery;
import io.pidone.process.Pid;
import io.pidone.process.ProcessGroup;
import io.pidone.process.ProcessSystem;
import io.pidone.process.ProcessTable;
import io.pidone.process.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All descendants of this process and how to signal them: by process group, so that a group gets a signal once and at
 * one moment; one by one where the group is this process's own.
 */
public final class ProcessTree {

    private record Process(int pid, int ppid, int pgid, int sid, char state) {

        boolean lives() {
            return state != 'Z' && state != 'X';
        }
    }

    private final ProcessSystem system;
    private final ProcessTable table;
    private final int self;

    /** The tree below the calling process. */
    public ProcessTree(ProcessSystem system, ProcessTable table) {
        this.system = system;
        this.table = table;
        self = system.self().value();
    }

    /** Whether this process is the init of its PID namespace. */
    public boolean isInit() {
        return self == 1;
    }

    /**
     * Signals every group among the descendants, but those in {@code except}; without a process table an init signals
     * everybody in its namespace, which are its descendants and what was executed into it.
     *
     * @return {@link Delivery#NO_SUCH_PROCESS} if there was none
     */
    public Delivery signal(Signal signal, Set<Integer> except) {
        List<Process> all = new ArrayList<>();
        if (!read(all)) {
            return isInit() ? system.signalEverybody(signal) : Delivery.NO_SUCH_PROCESS;
        }
        return signal(descendants(all), signal, except);
    }

    /** Kills everything that an init's namespace or another process's tree has. */
    public Delivery kill() {
        return isInit() ? system.signalEverybody(Signal.KILL) : signal(Signal.KILL, Set.of());
    }

    /** Signals every group of a session. */
    public Delivery signalSession(int session, Signal signal) {
        List<Process> all = new ArrayList<>();
        if (!read(all)) {
            return system.signal(new ProcessGroup(session), signal);
        }
        all.removeIf(process -> process.sid != session || process.pid == self);
        return signal(all, signal, Set.of());
    }

    /** The living children of this process. */
    public List<Integer> livingChildren() {
        List<Process> all = new ArrayList<>();
        read(all);
        List<Integer> children = new ArrayList<>();
        for (Process process : all) {
            if (process.ppid == self && process.lives()) {
                children.add(process.pid);
            }
        }
        return children;
    }

    private boolean read(List<Process> all) {
        return table.forEach((pid, ppid, pgid, sid, state) -> all.add(new Process(pid, ppid, pgid, sid, state)));
    }

    private List<Process> descendants(List<Process> all) {
        Map<Integer, List<Process>> byParent = new HashMap<>();
        for (Process process : all) {
            byParent.computeIfAbsent(process.ppid, parent -> new ArrayList<>()).add(process);
        }
        List<Process> found = new ArrayList<>(byParent.getOrDefault(self, List.of()));
        for (int i = 0; i < found.size(); i++) {
            found.addAll(byParent.getOrDefault(found.get(i).pid, List.of()));
        }
        return found;
    }

    private Delivery signal(List<Process> targets, Signal signal, Set<Integer> except) {
        int ownGroup = targets.isEmpty() ? 0 : ownGroup();
        Set<Integer> done = new HashSet<>(except);
        Delivery outcome = Delivery.NO_SUCH_PROCESS;
        for (Process process : targets) {
            if (!process.lives() || except.contains(process.pgid)) {
                continue;
            }
            ProcessGroup group = new ProcessGroup(process.pgid);
            Delivery one;
            if (!group.signalable() || process.pgid == ownGroup) {
                one = system.signal(new Pid(process.pid), signal);
            } else if (done.add(process.pgid)) {
                one = system.signal(group, signal);
            } else {
                continue;
            }
            outcome = outcome == Delivery.SENT ? outcome : one;
        }
        return outcome;
    }

    private int ownGroup() {
        int[] group = new int[1];
        table.forEach((pid, ppid, pgid, sid, state) -> {
            if (pid == self) {
                group[0] = pgid;
            }
        });
        return group[0];
    }
}
