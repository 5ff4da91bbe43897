package io.pidone.process.posix;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Platform;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The C library: the functions that jnr-posix does not name, and what differs between the platforms. */
final class LibC {

    static final boolean LINUX = Platform.getNativePlatform().getOS() == Platform.OS.LINUX;
    static final boolean MACOS = Platform.getNativePlatform().getOS() == Platform.OS.DARWIN;

    static final Functions C = LibraryLoader.create(Functions.class).load(
            Platform.getNativePlatform().getStandardCLibraryName());

    static final Runtime RUNTIME = Runtime.getRuntime(C);

    private LibC() {
    }

    /** The host's error number of this thread's last call. */
    static int errno() {
        return RUNTIME.getLastError();
    }

    /** Zeroed native memory, freed with the pointer. */
    static Pointer allocate(int bytes) {
        return Memory.allocateDirect(RUNTIME, bytes, true);
    }

    /** As declared in C. Public, since the class that jnr-ffi generates for it lives in another package. */
    public interface Functions {

        int posix_spawn(Pointer pid, Pointer path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

        int posix_spawnp(Pointer pid, Pointer file, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

        int posix_spawnattr_init(Pointer attributes);

        int posix_spawnattr_destroy(Pointer attributes);

        int posix_spawnattr_setflags(Pointer attributes, short flags);

        int posix_spawnattr_setpgroup(Pointer attributes, int group);

        int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

        int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

        int posix_spawn_file_actions_init(Pointer actions);

        int posix_spawn_file_actions_destroy(Pointer actions);

        int posix_spawn_file_actions_adddup2(Pointer actions, int source, int descriptor);

        int posix_spawn_file_actions_addclose(Pointer actions, int descriptor);

        int posix_spawn_file_actions_addopen(Pointer actions, int descriptor, Pointer path, int flags, int mode);

        int posix_spawn_file_actions_addchdir_np(Pointer actions, Pointer path);

        int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int first);

        int posix_spawn_file_actions_addinherit_np(Pointer actions, int descriptor);

        int posix_spawn_file_actions_addtcsetpgrp_np(Pointer actions, int descriptor);

        int wait4(int pid, Pointer status, int options, Pointer usage);

        int waitid(int type, int id, Pointer info, int options);

        int kill(int pid, int signal);

        @Variadic(fixedCount = 1)
        int prctl(int option, long value);

        int pipe(Pointer ends);

        int close(int descriptor);

        @Variadic(fixedCount = 2)
        int fcntl(int descriptor, int command, int argument);

        @ssize_t
        long read(int descriptor, Pointer buffer, @size_t long length);

        @ssize_t
        long write(int descriptor, Pointer buffer, @size_t long length);

        @off_t
        long lseek(int descriptor, @off_t long offset, int whence);

        int mkstemp(Pointer template);

        int unlink(Pointer path);

        int poll(Pointer descriptors, @size_t long count, int timeoutMillis);

        int isatty(int descriptor);

        int tcgetpgrp(int descriptor);

        int tcsetpgrp(int descriptor, int group);

        int getpgrp();

        int getsid(int pid);

        int getppid();

        int getpgid(int pid);

        @Variadic(fixedCount = 2)
        int ioctl(int descriptor, long request, long argument);
    }
}
