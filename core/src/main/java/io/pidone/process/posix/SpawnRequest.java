package io.pidone.process.posix;

import io.pidone.process.ErrnoException;
import io.pidone.process.Redirect;
import io.pidone.process.Signal;
import io.pidone.process.SignalSet;
import io.pidone.process.SpawnSpec;
import io.pidone.process.SpawnSpec.Placement;
import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import jnr.ffi.Pointer;
import static io.pidone.process.posix.LibC.C;

/** The attributes and file actions of one posix_spawn(3): native memory from {@link #of} to {@link #close}. */
final class SpawnRequest implements AutoCloseable {

    /** More than any platform's {@code posix_spawnattr_t} (glibc 336) or {@code posix_spawn_file_actions_t} (80). */
    private static final int OPAQUE_BYTES = 512;

    private static final int SIGSET_BYTES = 128;

    private static final short SET_GROUP = 0x02;
    private static final short SET_DEFAULT_SIGNALS = 0x04;
    private static final short SET_MASK = 0x08;
    private static final short SET_SESSION = (short) (LibC.MACOS ? 0x400 : 0x80);
    private static final short MACOS_CLOSE_BY_DEFAULT = 0x4000;

    private static final int READ_WRITE = 2;

    /** What glibc's posix_spawn would leave ignored in the child: the signals its threads library keeps. */
    private static final SignalSet THREAD_SIGNALS = SignalSet.of(Signal.of(32), Signal.of(33));

    private final HostNumbers numbers;
    private final Pointer attributes = LibC.allocate(OPAQUE_BYTES);
    private final Pointer actions = LibC.allocate(OPAQUE_BYTES);

    private SpawnRequest(HostNumbers numbers) {
        this.numbers = numbers;
        check("posix_spawnattr_init", C.posix_spawnattr_init(attributes));
        check("posix_spawn_file_actions_init", C.posix_spawn_file_actions_init(actions));
    }

    /**
     * What {@code spec} asks for.
     *
     * @param inherited descriptors above 2 that the child gets without a redirect
     * @throws UnsupportedOperationException if the platform cannot do it
     */
    static SpawnRequest of(SpawnSpec spec, Set<Integer> inherited, HostNumbers numbers) {
        if (spec.credentials().isPresent()) {
            throw new UnsupportedOperationException("posix_spawn cannot start a child as another user");
        }
        SpawnRequest request = new SpawnRequest(numbers);
        try {
            request.setAttributes(spec);
            spec.redirects().forEach(request::add);
            request.addTerminal(spec);
            request.keepOnly(spec, inherited);
            request.addDirectory(spec);
            return request;
        } catch (RuntimeException | Error failure) {
            request.close();
            throw failure;
        }
    }

    private void setAttributes(SpawnSpec spec) {
        short flags = SET_MASK | SET_DEFAULT_SIGNALS;
        if (spec.placement() == Placement.OWN_SESSION) {
            flags |= SET_SESSION;
        } else if (spec.placement() == Placement.OWN_GROUP) {
            flags |= SET_GROUP;
            check("posix_spawnattr_setpgroup", C.posix_spawnattr_setpgroup(attributes, 0));
        }
        if (LibC.MACOS) {
            flags |= MACOS_CLOSE_BY_DEFAULT;
        }
        check("posix_spawnattr_setflags", C.posix_spawnattr_setflags(attributes, flags));
        Pointer set = LibC.allocate(SIGSET_BYTES);
        set.putLongLong(0, numbers.mask(spec.signalMask()));
        check("posix_spawnattr_setsigmask", C.posix_spawnattr_setsigmask(attributes, set));
        long defaults = spec.defaultSignals().bits() | (LibC.LINUX ? THREAD_SIGNALS.bits() : 0);
        set.putLongLong(0, numbers.mask(new SignalSet(defaults)));
        check("posix_spawnattr_setsigdefault", C.posix_spawnattr_setsigdefault(attributes, set));
    }

    private void add(Redirect redirect) {
        int descriptor = redirect.descriptor();
        if (redirect instanceof Redirect.Duplicate duplicate) {
            duplicate(duplicate.source(), descriptor);
        } else if (redirect instanceof Redirect.Null) {
            open(descriptor, "/dev/null");
        } else {
            check("posix_spawn_file_actions_addclose", C.posix_spawn_file_actions_addclose(actions, descriptor));
        }
    }

    private void duplicate(int source, int descriptor) {
        if (LibC.MACOS && source == descriptor) {
            check("posix_spawn_file_actions_addinherit_np",
                    C.posix_spawn_file_actions_addinherit_np(actions, descriptor));
            return;
        }
        check("posix_spawn_file_actions_adddup2",
                C.posix_spawn_file_actions_adddup2(actions, source, descriptor));
    }

    private void open(int descriptor, String path) {
        check("posix_spawn_file_actions_addopen",
                C.posix_spawn_file_actions_addopen(actions, descriptor, CStrings.of(path), READ_WRITE, 0));
    }

    private void addTerminal(SpawnSpec spec) {
        if (spec.terminal().isEmpty()) {
            return;
        }
        if (spec.placement() != Placement.OWN_GROUP) {
            throw new UnsupportedOperationException("posix_spawn cannot give a new session its terminal");
        }
        try {
            check("posix_spawn_file_actions_addtcsetpgrp_np",
                    C.posix_spawn_file_actions_addtcsetpgrp_np(actions, spec.terminal().get()));
        } catch (UnsatisfiedLinkError missing) {
            throw new UnsupportedOperationException(
                    "this libc's posix_spawn cannot hand over a terminal (no addtcsetpgrp_np)", missing);
        }
    }

    /** Closes what the runtime and other threads have open, which posix_spawn would pass on. */
    private void keepOnly(SpawnSpec spec, Set<Integer> inherited) {
        TreeSet<Integer> kept = new TreeSet<>(inherited);
        kept.addAll(Set.of(0, 1, 2));
        spec.redirects().forEach(redirect -> kept.add(redirect.descriptor()));
        if (LibC.MACOS) {
            spec.redirects().forEach(redirect -> kept.remove(redirect.descriptor()));
            kept.forEach(descriptor -> duplicate(descriptor, descriptor));
            return;
        }
        String[] open = new File(LibC.LINUX ? "/proc/self/fd" : "/dev/fd").list();
        for (String name : open == null ? new String[0] : open) {
            int descriptor = Integer.parseInt(name);
            if (!kept.contains(descriptor)) {
                check("posix_spawn_file_actions_addclose", C.posix_spawn_file_actions_addclose(actions, descriptor));
            }
        }
        try {
            check("posix_spawn_file_actions_addclosefrom_np",
                    C.posix_spawn_file_actions_addclosefrom_np(actions, kept.last() + 1));
        } catch (UnsatisfiedLinkError missing) {
            // Only a descriptor that another thread opens right now is missed.
            return;
        }
    }

    private void addDirectory(SpawnSpec spec) {
        if (spec.directory().isEmpty()) {
            return;
        }
        try {
            check("posix_spawn_file_actions_addchdir_np",
                    C.posix_spawn_file_actions_addchdir_np(actions, CStrings.of(spec.directory().get())));
        } catch (UnsatisfiedLinkError missing) {
            throw new UnsupportedOperationException(
                    "this libc's posix_spawn cannot change the working directory (no addchdir_np)", missing);
        }
    }

    Pointer attributes() {
        return attributes;
    }

    Pointer actions() {
        return actions;
    }

    private void check(String call, int error) {
        if (error != 0) {
            throw new ErrnoException(call, numbers.errno(error));
        }
    }

    @Override
    public void close() {
        C.posix_spawn_file_actions_destroy(actions);
        C.posix_spawnattr_destroy(attributes);
    }
}
