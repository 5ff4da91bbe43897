package io.pidone.cron;

import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Orphans;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.Pid;
import io.pidone.process.Signal;
import io.pidone.process.WaitResult;
import io.pidone.reaper.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Processes that live on after the run that they belong to: members of its process group, and what this process has
 * adopted. They are named once, ended if the entry says so, and known until they are reaped.
 *
 * <p>Nothing tells of an adoption, so the process table is looked at, some time after runs have ended: once for all
 * that ended meanwhile, and no more often than a look costs a twentieth of the time. For the loop's thread.
 */
final class LeftBehind {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final int SHARE = 20;

    private record Found(int pid, boolean child, Optional<Run> run) {
    }

    private final DaemonPorts ports;
    private final Commands commands;
    private final EventLoop loop;
    private final EventSink sink;
    private final Map<Integer, Run> endedGroups = new HashMap<>();
    /** Adopted children that were named; not yet reaped, so their pids are theirs. */
    private final Set<Integer> known = new HashSet<>();
    private Duration pause = SOON;
    private boolean planned;

    LeftBehind(DaemonPorts ports, Commands commands, EventLoop loop, EventSink sink) {
        this.ports = ports;
        this.commands = commands;
        this.loop = loop;
        this.sink = sink;
    }

    /** A run's first process was reaped, and there are other children. */
    void runEnded(int pid, Run run) {
        endedGroups.put(pid, run);
        if (!planned) {
            planned = true;
            loop.after(pause, this::look);
        }
    }

    /** There is no child at all: nobody was left behind. */
    void noChildren() {
        known.clear();
    }

    /** A process that led no run was reaped. */
    void reaped(WaitResult result) {
        known.remove(result.pid());
        if (sink.wants(Event.Severity.DEBUG)) {
            sink.accept(new Event.OrphanReaped(result.pid(), result.status(), false));
        }
    }

    private void look() {
        planned = false;
        long start = System.nanoTime();
        Map<Run, List<Found>> byRun = new LinkedHashMap<>();
        List<Found> strangers = new ArrayList<>();
        for (Found found : scan()) {
            Optional<Run> run = found.run.or(() -> byTag(found.pid));
            if (found.child) {
                known.add(found.pid);
            }
            run.ifPresentOrElse(r -> byRun.computeIfAbsent(r, key -> new ArrayList<>()).add(found),
                    () -> strangers.add(found));
        }
        byRun.forEach(this::tell);
        strangers.forEach(found -> sink.accept(new Event.OrphanAdopted(found.pid, false)));
        endedGroups.clear();
        Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE);
        pause = took.compareTo(SOON) > 0 ? took : SOON;
    }

    private List<Found> scan() {
        int self = ports.system().self().value();
        List<Found> all = new ArrayList<>();
        ports.table().forEach((pid, ppid, pgid, sid, state) -> {
            Run run = endedGroups.get(pgid);
            boolean child = ppid == self && !commands.leads(pid);
            if ((run != null || child) && state != 'Z' && state != 'X' && pid != self && !known.contains(pid)) {
                all.add(new Found(pid, child, Optional.ofNullable(run)));
            }
        });
        return all;
    }

    private Optional<Run> byTag(int pid) {
        Optional<String> tag = ports.details().variable(pid, Commands.RUN_VARIABLE);
        return tag.flatMap(t -> endedGroups.values().stream().filter(run -> Commands.tag(run).equals(t)).findFirst());
    }

    private void tell(Run run, List<Found> found) {
        List<String> names = found.stream()
                .map(f -> ports.details().name(f.pid).orElse("?") + " (" + f.pid + ")").toList();
        boolean terminate = run.job().settings().orphans() == Orphans.TERMINATE;
        sink.accept(new CronEvent.OrphansLeft(run, names, terminate));
        if (terminate) {
            EntrySettings.Stop how = run.job().settings().stop();
            found.forEach(f -> ports.system().signal(new Pid(f.pid), how.signal()));
            how.gracePeriod().ifPresent(period -> loop.after(period, () -> kill(run, found)));
        }
    }

    /** By now a pid may be another process's: the variable tells. */
    private void kill(Run run, List<Found> found) {
        List<Integer> living = found.stream().map(Found::pid).filter(pid -> isOf(pid, run)).toList();
        if (!living.isEmpty()) {
            sink.accept(new CronEvent.RunStopped(run, "what it left behind did not end", Signal.KILL));
            living.forEach(pid -> ports.system().signal(new Pid(pid), Signal.KILL));
        }
    }

    private boolean isOf(int pid, Run run) {
        return known.contains(pid) || ports.details().variable(pid, Commands.RUN_VARIABLE)
                .filter(Commands.tag(run)::equals).isPresent();
    }
}
