package io.pidone.process.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import io.pidone.process.ClockWatch;
import io.pidone.process.Errno;
import io.pidone.process.ErrnoException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A clock that jumps by a microsecond and back: the kernel treats it like any other jump, and nobody else minds. One
 * that jumps by nothing does not jump for it.
 */
class LinuxClockWatchTest {

    private static final long DEADLINE_SECONDS = 20;

    private static final int ADJ_SETOFFSET = 0x100;
    private static final int TIMEX_BYTES = 208;
    private static final int TIME_SECONDS = 72;
    private static final int TIME_MICROS = 80;

    private final Libc libc = new JffiLibc();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ClockWatch watch = Linux.open().clockWatch();

    @AfterEach
    void close() {
        watch.close();
        threads.shutdownNow();
    }

    private void jump() {
        step(0, 1);
        step(-1, 999_999);
    }

    /** adjtimex(2): adds to the clock. */
    private void step(long seconds, long micros) {
        CallContext context = CallContext.getCallContext(Type.SINT32, new Type[] {Type.SINT64},
                CallingConvention.DEFAULT, true);
        try (Arena arena = new Arena(libc)) {
            long timex = arena.allocate(TIMEX_BYTES);
            libc.putInt(timex, ADJ_SETOFFSET);
            libc.putLong(timex + TIME_SECONDS, seconds);
            libc.putLong(timex + TIME_MICROS, micros);
            long function = Library.getDefault().getSymbolAddress("adjtimex");
            if ((int) Invoker.getInstance().invokeL1(context, function, timex) == -1) {
                int errno = LastError.getInstance().get();
                Assumptions.assumeFalse(errno == Errno.EPERM, "setting the clock takes CAP_SYS_TIME");
                throw new ErrnoException("adjtimex", errno);
            }
        }
    }

    private Future<Boolean> awaiting() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Future<Boolean> told = threads.submit(() -> {
            started.countDown();
            return watch.await();
        });
        started.await();
        return told;
    }

    @Test
    void shouldTellOfAJumpWhetherItComesBeforeOrMeanwhile() throws Exception {
        for (int i = 0; i < 20; i++) {
            Future<Boolean> told = awaiting();
            jump();
            assertThat(told.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldTellOfAJumpThatCameBetweenTwoWaits() throws Exception {
        jump();
        assertThat(awaiting().get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        jump();
        assertThat(awaiting().get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldEndWhenItIsClosed() throws Exception {
        Future<?> ended = threads.submit(() -> {
            boolean told;
            do {
                told = watch.await();
            } while (told);
        });
        watch.close();
        ended.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(watch.await()).as("closed for good").isFalse();
        watch.close();
    }
}
