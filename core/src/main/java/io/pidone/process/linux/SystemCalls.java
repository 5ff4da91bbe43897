package io.pidone.process.linux;

/**
 * Numbers of the raw system calls, which differ by architecture, see syscalls(2).
 *
 * @param sigprocmask {@code rt_sigprocmask}: libc's own leaves out signals 32 and 33
 * @param sigtimedwait {@code rt_sigtimedwait}: libc's own hides who sent a signal by tgkill(2)
 * @param tgkill a signal to one thread
 * @param gettid the calling thread
 * @param setgroups of the calling thread only, as the next two; libc's change all threads
 * @param setresuid see {@code setgroups}
 * @param setresgid see {@code setgroups}
 * @param closeRange {@code close_range}, kernel 5.9, with CLOSE_RANGE_CLOEXEC 5.11
 */
record SystemCalls(long sigprocmask, long sigtimedwait, long tgkill, long gettid, long setgroups, long setresuid,
        long setresgid, long closeRange) {

    private static final SystemCalls X86_64 = new SystemCalls(14, 128, 234, 186, 116, 117, 119, 436);

    /** The generic table of the kernel: AArch64, RISC-V, LoongArch. */
    private static final SystemCalls GENERIC = new SystemCalls(135, 137, 131, 178, 159, 147, 149, 436);

    /** Whether this is x86-64, whose ABI lays out some structures in its own way. */
    static boolean x86() {
        String architecture = System.getProperty("os.arch");
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    static SystemCalls ofThisMachine() {
        if (x86()) {
            return X86_64;
        }
        String architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "aarch64", "riscv64", "loongarch64" -> GENERIC;
            default -> throw new UnsupportedOperationException("process.linux does not know the system calls of "
                    + architecture + "; use process.posix there");
        };
    }
}
