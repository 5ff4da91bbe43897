package io.pidone.process.linux;

/**
 * The functions of the C library and the kernel that process.linux needs: the one seam between Java and native code.
 *
 * <p>Every call that can fail returns what C returns, or the negative errno: never -1 with an errno kept elsewhere.
 * Addresses are plain numbers. Thread-safe.
 */
interface Libc {

    /** Zeroed memory outside the heap; throws {@link OutOfMemoryError} if there is none. */
    long allocate(int bytes);

    void free(long address);

    int getInt(long address);

    long getLong(long address);

    void putInt(long address, int value);

    void putLong(long address, long value);

    /** Copies from the beginning of an array. */
    default void putBytes(long address, byte[] bytes, int length) {
        putBytes(address, bytes, 0, length);
    }

    void putBytes(long address, byte[] bytes, int from, int length);

    void getBytes(long address, byte[] bytes, int length);

    /** The address of the process's environment block, {@code char **environ}. */
    long environ();

    int getpid();

    int getppid();

    int getpgid(int pid);

    int getsid(int pid);

    int kill(int pid, int signal);

    int wait4(int pid, long status, int options, long usage);

    int waitid(int type, int id, long siginfo, int options);

    int prctl(int option, long argument);

    int sigaction(int signal, long action, long oldAction);

    int isatty(int descriptor);

    int tcgetpgrp(int descriptor);

    int tcsetpgrp(int descriptor, int group);

    int ioctl(int descriptor, long request, long argument);

    int open(long path, int flags);

    int close(int descriptor);

    int fcntl(int descriptor, int command, long argument);

    long read(int descriptor, long buffer, int length);

    long lseek(int descriptor, long offset, int whence);

    long write(int descriptor, long buffer, int length);

    int poll(long descriptors, int count, int timeoutMillis);

    /** {@code ends} receives two ints: the read end and the write end. */
    int pipe2(long ends, int flags);

    int memfdCreate(long name, int flags);

    int eventfd(int value, int flags);

    int epollCreate(int flags);

    int epollControl(int epoll, int operation, int descriptor, long event);

    int epollWait(int epoll, long events, int count, int timeoutMillis);

    int timerfdCreate(int clock, int flags);

    int timerfdSettime(int descriptor, int flags, long time);

    int access(long path, int mode);

    int execve(long path, long arguments, long environment);

    /** posix_spawn(3), or posix_spawnp(3) with {@code search}; {@code pid} receives an int. */
    int spawn(long pid, long path, boolean search, SpawnArguments arguments);

    /** What a spawn takes besides the program: addresses of prepared C objects. */
    record SpawnArguments(long actions, long attributes, long arguments, long environment) {
    }

    int spawnAttributesInit(long attributes);

    int spawnAttributesSet(long attributes, int flags, long mask, long defaults);

    int spawnActionsInit(long actions);

    int spawnActionsDestroy(long actions);

    int addDup2(long actions, int from, int to);

    int addClose(long actions, int descriptor);

    /** {@code posix_spawn_file_actions_addclosefrom_np}, glibc 2.34 and later; -ENOSYS before. */
    int addCloseFrom(long actions, int first);

    int addOpen(long actions, int descriptor, long path, int flags);

    int addChdir(long actions, long path);

    /** {@code posix_spawn_file_actions_addtcsetpgrp_np}, glibc 2.35 and later; -ENOSYS before. */
    int addTcsetpgrp(long actions, int descriptor);

    /** Private anonymous memory, readable and writable; -ENOMEM and the like as a negative number. */
    long mmap(int length);

    /** Makes such memory executable and read-only. */
    int makeExecutable(long address, int length);

    /** A raw system call, for what libc has no function for or filters. */
    long syscall(long number, long a, long b, long c, long d);
}
