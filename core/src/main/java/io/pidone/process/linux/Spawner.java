package io.pidone.process.linux;

import io.pidone.process.Credentials;
import io.pidone.process.Environment;
import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import io.pidone.process.Redirect;
import io.pidone.process.ShellScript;
import io.pidone.process.Signal;
import io.pidone.process.SignalSet;
import io.pidone.process.SpawnException;
import io.pidone.process.SpawnSpec;
import io.pidone.process.SpawnSpec.Placement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts children by posix_spawn(3).
 *
 * <p>Another user's child is spawned from a disposable thread: raw system calls change the credentials of that thread
 * alone, see credentials(7), the child inherits them, and the thread ends. One spawn at a time, since dispositions are
 * touched for its duration.
 */
final class Spawner {

    private static final int SPAWN_SETPGROUP = 0x02;
    private static final int SPAWN_SETSIGDEF = 0x04;
    private static final int SPAWN_SETSIGMASK = 0x08;
    private static final int SPAWN_SETSID = 0x80;

    /** More than glibc's 336 and 80 bytes and musl's. */
    private static final int OBJECT_BYTES = 512;

    private static final int SIGSET_BYTES = 128;
    private static final int O_RDWR = 2;
    private static final int X_OK = 1;
    private static final String SHELL = "/bin/sh";

    private final Libc libc;
    private final SystemCalls calls;
    private final Startup startup;
    private final Descriptors descriptors;
    private final Dispositions dispositions;
    private final long ownEnvironment;

    Spawner(Libc libc, SystemCalls calls, Startup startup) {
        this.libc = libc;
        this.calls = calls;
        this.startup = startup;
        descriptors = new Descriptors(libc, calls, startup.descriptors());
        dispositions = new Dispositions(libc, startup.ignored());
        dispositions.keepStatusesOfChildren();
        ownEnvironment = startup.environment().map(block -> EnvironmentBlock.entriesOf(libc, block))
                .orElseGet(() -> libc.getLong(libc.environ()));
    }

    synchronized int spawn(SpawnSpec spec) throws SpawnException {
        int reserved = -1;
        try (Arena arena = new Arena(libc)) {
            descriptors.keepFromChildren();
            if (spec.terminal().isPresent() && spec.placement() == Placement.OWN_SESSION) {
                reserved = descriptors.reserve();
            }
            Prepared prepared = prepare(arena, spec, reserved);
            long[] replaced = dispositions.ignoreAgain(arena);
            int result;
            try {
                result = launch(spec, prepared);
            } finally {
                dispositions.restore(replaced);
                libc.spawnActionsDestroy(prepared.with.actions());
            }
            if (result < 0) {
                throw failure(spec, -result);
            }
            return libc.getInt(prepared.pid);
        } finally {
            if (reserved >= 0) {
                libc.close(reserved);
            }
        }
    }

    /** All that the native calls take, built before any credential changes. */
    private record Prepared(long pid, long path, boolean search, Libc.SpawnArguments with, long shell,
            Libc.SpawnArguments withShell, long groups, Script script) {
    }

    private Prepared prepare(Arena arena, SpawnSpec spec, int reserved) {
        long attributes = attributes(arena, spec);
        long actions = actions(arena, spec, reserved);
        long environment = environment(arena, spec.environment());
        List<String> command = spec.command();
        String program = command.get(0);
        long arguments = arena.strings(command);
        long groups = groups(arena, spec);
        String file = program.indexOf('/') >= 0 ? program : new PathSearch(libc).find(program);
        // The child looks for a relative program in its own directory.
        String seenFromHere = spec.directory().isPresent() && !file.startsWith("/")
                ? spec.directory().get() + '/' + file : file;
        Script script = new Script(libc, arena.string(seenFromHere), arena.allocate(ShellScript.HEAD_BYTES));
        long scriptArguments = arena.allocate(8 * (command.size() + 2));
        libc.putLong(scriptArguments, arena.string(SHELL));
        libc.putLong(scriptArguments + 8, arena.string(file));
        for (int i = 1; i < command.size(); i++) {
            libc.putLong(scriptArguments + 8L * (i + 1), libc.getLong(arguments + 8L * i));
        }
        return new Prepared(arena.allocate(8), libc.getLong(arguments), program.indexOf('/') < 0,
                new Libc.SpawnArguments(actions, attributes, arguments, environment), arena.string(SHELL),
                new Libc.SpawnArguments(actions, attributes, scriptArguments, environment), groups, script);
    }

    private long attributes(Arena arena, SpawnSpec spec) {
        long attributes = arena.allocate(OBJECT_BYTES);
        require("posix_spawnattr_init", libc.spawnAttributesInit(attributes));
        int flags = SPAWN_SETSIGMASK | SPAWN_SETSIGDEF | switch (spec.placement()) {
            case PARENTS_GROUP -> 0;
            case OWN_GROUP -> SPAWN_SETPGROUP;
            case OWN_SESSION -> SPAWN_SETSID;
        };
        require("posix_spawnattr_setflags", libc.spawnAttributesSet(attributes, flags,
                set(arena, spec.signalMask()), set(arena, defaults(spec))));
        return attributes;
    }

    /** glibc ignores its own two signals in a child unless told otherwise; they are as they were at the start. */
    private SignalSet defaults(SpawnSpec spec) {
        SignalSet ofGlibc = SignalSet.of(Signal.of(32), Signal.of(33));
        return new SignalSet(spec.defaultSignals().bits() | ofGlibc.bits() & ~startup.ignored().bits());
    }

    private long set(Arena arena, SignalSet signals) {
        long set = arena.allocate(SIGSET_BYTES);
        libc.putLong(set, signals.without(Signal.KILL).without(Signal.STOP).bits());
        return set;
    }

    private long actions(Arena arena, SpawnSpec spec, int reserved) {
        long actions = arena.allocate(OBJECT_BYTES);
        require("posix_spawn_file_actions_init", libc.spawnActionsInit(actions));
        if (spec.terminal().isPresent()) {
            addTerminal(arena, actions, spec, reserved);
        }
        for (int descriptor : startup.closed()) {
            require("posix_spawn_file_actions_addclose", libc.addClose(actions, descriptor));
        }
        for (Redirect redirect : spec.redirects()) {
            require("posix_spawn_file_actions_add " + redirect, addRedirect(arena, actions, redirect));
        }
        descriptors.addCloses(actions, spec.redirects().stream().map(Redirect::descriptor)
                .collect(Collectors.toSet()));
        spec.directory().ifPresent(directory ->
                require("posix_spawn_file_actions_addchdir_np", libc.addChdir(actions, arena.string(directory))));
        return actions;
    }

    /**
     * The foreground group is set by the child itself before it executes. A session without a terminal gets this one
     * by opening it, see tty_ioctl(4) and credentials(7); it is in the foreground of its new session by itself.
     */
    private void addTerminal(Arena arena, long actions, SpawnSpec spec, int reserved) {
        int terminal = spec.terminal().get();
        if (spec.placement() != Placement.OWN_SESSION) {
            libc.addTcsetpgrp(actions, terminal);
        } else if (reserved >= 0) {
            require("addopen", libc.addOpen(actions, reserved, arena.string(Descriptors.pathOf(terminal)), O_RDWR));
            require("addclose", libc.addClose(actions, reserved));
        }
    }

    private int addRedirect(Arena arena, long actions, Redirect redirect) {
        if (redirect instanceof Redirect.Duplicate duplicate) {
            return libc.addDup2(actions, duplicate.source(), duplicate.descriptor());
        }
        if (redirect instanceof Redirect.Null) {
            return libc.addOpen(actions, redirect.descriptor(), arena.string("/dev/null"), O_RDWR);
        }
        return libc.addClose(actions, redirect.descriptor());
    }

    private long environment(Arena arena, Environment environment) {
        if (environment.base().isEmpty() && environment.changes().isEmpty() && startup.hidden().isEmpty()) {
            return ownEnvironment;
        }
        return new EnvironmentBlock(libc, arena, startup.hidden(), startup.own()).build(environment, ownEnvironment);
    }

    private long groups(Arena arena, SpawnSpec spec) {
        List<Integer> groups = spec.credentials().map(Credentials::groups).orElse(List.of());
        long array = arena.allocate(4 * groups.size() + 4);
        for (int i = 0; i < groups.size(); i++) {
            libc.putInt(array + 4L * i, groups.get(i));
        }
        return array;
    }

    private int launch(SpawnSpec spec, Prepared prepared) throws SpawnException {
        if (spec.credentials().isEmpty()) {
            return spawnOrShell(prepared);
        }
        Credentials user = spec.credentials().get();
        int[] result = new int[1];
        int[] refused = new int[1];
        Thread disposable = new Thread(() -> {
            refused[0] = become(user, prepared);
            result[0] = refused[0] < 0 ? 0 : spawnOrShell(prepared);
        }, "spawn-as-user");
        disposable.start();
        boolean interrupted = false;
        while (disposable.isAlive()) {
            try {
                disposable.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (refused[0] < 0) {
            throw new SpawnException("become user " + user.uid() + ", group " + user.gid(), -refused[0]);
        }
        return result[0];
    }

    private int become(Credentials user, Prepared prepared) {
        long error = libc.syscall(calls.setgroups(), user.groups().size(), prepared.groups, 0, 0);
        error = error < 0 ? error : libc.syscall(calls.setresgid(), user.gid(), user.gid(), user.gid(), 0);
        error = error < 0 ? error : libc.syscall(calls.setresuid(), user.uid(), user.uid(), user.uid(), 0);
        return (int) Math.min(error, 0);
    }

    private int spawnOrShell(Prepared prepared) {
        int result = libc.spawn(prepared.pid, prepared.path, prepared.search, prepared.with);
        return result == -Errno.ENOEXEC && prepared.script.isText()
                ? libc.spawn(prepared.pid, prepared.shell, false, prepared.withShell)
                : result;
    }

    /** A missing directory and a missing program give the same errno: looks which one it was. */
    private SpawnException failure(SpawnSpec spec, int errno) {
        if (spec.directory().isPresent()) {
            String directory = spec.directory().get();
            try (Arena arena = new Arena(libc)) {
                int access = libc.access(arena.string(directory + "/."), X_OK);
                if (access < 0) {
                    return new SpawnException(directory, -access);
                }
            }
        }
        return new SpawnException(spec.command().get(0), errno);
    }

    private static void require(String call, int result) {
        if (result < 0) {
            throw new ErrnoException(call, -result);
        }
    }
}
