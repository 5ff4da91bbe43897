package io.pidone.process.linux;

import io.pidone.process.Signal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The signals that the JVM keeps open in all its threads and that sigtimedwait(2) thus never sees: the four by which it
 * learns of its own faults, and {@code SIGUSR2}, by which it suspends threads. Sent by somebody with kill(2), the four
 * would end the process with a crash report, and the fifth would be lost.
 *
 * <p>A few bytes of machine code stand before the JVM's handlers. A fault ({@code si_code > 0}) and what the process
 * sends itself go on to the JVM's; what somebody else sent is noted in a table, and the thread of the queue is woken:
 *
 * <pre>
 *   mov eax, [rsi+8]; test eax, eax; jg chain        si_code: the kernel's own are positive
 *   cmp dword [rsi+16], PID; je chain                si_pid: from this process
 *   movabs r8, NOTED; movsxd rcx, edi
 *   mov dword [r8+rcx*4], 1
 *   mov edi, PID; mov esi, TID; mov edx, WAKE; mov eax, 234; syscall; ret      tgkill
 * chain:
 *   movabs r8, OLD; movsxd rcx, edi; jmp [r8+rcx*8]
 * </pre>
 *
 * <p>Only on x86-64; on other processors, and where memory may not be made executable, these five stay the JVM's.
 */
final class FaultSignals {

    private static final int[] NUMBERS = {4, 7, 8, 11, 12};

    private static final int ACTION_BYTES = 152;
    private static final int PAGE = 4096;
    private static final long FIRST_HANDLER_ADDRESS = 2;
    private static final long TGKILL = 234;

    private final Libc libc;
    private final long noted;
    private boolean installed;

    FaultSignals(Libc libc) {
        this.libc = libc;
        noted = libc.allocate(4 * (Signal.MAX + 1));
    }

    /** Puts the code before the handlers; {@code wake} is the signal that ends the thread's wait. */
    void install(int process, int thread, int wake) {
        if (!System.getProperty("os.arch").equals("amd64")) {
            return;
        }
        long page = libc.mmap(PAGE);
        if (page < 0) {
            return;
        }
        long old = libc.allocate(8 * (Signal.MAX + 1));
        byte[] code = code(process, thread, wake, old);
        libc.putBytes(page, code, code.length);
        if (libc.makeExecutable(page, PAGE) < 0) {
            return;
        }
        for (int number : NUMBERS) {
            standBefore(number, page, old);
        }
        installed = true;
    }

    private byte[] code(int process, int thread, int wake, long old) {
        ByteBuffer code = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        code.put(bytes(0x8b, 0x46, 0x08, 0x85, 0xc0, 0x7f, 0x35));
        code.put(bytes(0x81, 0x7e, 0x10)).putInt(process).put(bytes(0x74, 0x2c));
        code.put(bytes(0x49, 0xb8)).putLong(noted).put(bytes(0x48, 0x63, 0xcf));
        code.put(bytes(0x41, 0xc7, 0x04, 0x88)).putInt(1);
        code.put(bytes(0xbf)).putInt(process).put(bytes(0xbe)).putInt(thread).put(bytes(0xba)).putInt(wake);
        code.put(bytes(0xb8)).putInt((int) TGKILL).put(bytes(0x0f, 0x05, 0xc3));
        code.put(bytes(0x49, 0xb8)).putLong(old).put(bytes(0x48, 0x63, 0xcf, 0x41, 0xff, 0x24, 0xc8));
        return code.array();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** Keeps the mask and the flags, the alternate stack among them, that the JVM chose. */
    private void standBefore(int number, long page, long old) {
        try (Arena arena = new Arena(libc)) {
            long action = arena.allocate(ACTION_BYTES);
            boolean known = libc.sigaction(number, 0, action) == 0;
            long handler = libc.getLong(action);
            if (known && (handler < 0 || handler >= FIRST_HANDLER_ADDRESS)) {
                libc.putLong(old + 8L * number, handler);
                libc.putLong(action, page);
                libc.sigaction(number, action, 0);
            }
        }
    }

    /** Takes one that somebody sent; 0 if there is none. */
    int take() {
        if (installed) {
            for (int number : NUMBERS) {
                if (libc.getInt(noted + 4L * number) != 0) {
                    libc.putInt(noted + 4L * number, 0);
                    return number;
                }
            }
        }
        return 0;
    }
}
