package io.pidone.process.linux;

import io.pidone.process.SignalQueue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

/** The queue in a JVM whose other threads do not block signals: waking only, which is sent to the thread itself. */
class LinuxSignalQueueTest {

    private static final long HANG_NANOS = Duration.ofSeconds(20).toNanos();

    private final SignalQueue queue = Linux.open().signalQueue();

    @Test
    void shouldTakeManyWakesAsOne() {
        queue.open();
        for (int i = 0; i < 100_000; i++) {
            queue.wake();
        }
        assertThat(queue.await(HANG_NANOS)).isEqualTo(SignalQueue.WOKEN);
        assertThat(queue.await(0)).isEqualTo(SignalQueue.TIMEOUT);
        queue.wake();
        assertThat(queue.await(HANG_NANOS)).isEqualTo(SignalQueue.WOKEN);
        queue.close();
    }

    @Test
    void shouldWakeAWaitThatIsUnderWay() throws InterruptedException {
        queue.open();
        Thread other = new Thread(queue::wake);
        other.start();
        assertThat(queue.await(HANG_NANOS)).isEqualTo(SignalQueue.WOKEN);
        other.join();
        queue.close();
    }

    /** A real-time signal that is delivered ends the process: this test by itself would end the JVM. */
    @Test
    void shouldNotLeaveAWakeBehindWhenClosed() {
        queue.open();
        queue.wake();
        queue.close();
        queue.wake();
        queue.open();
        assertThat(queue.await(0)).isEqualTo(SignalQueue.TIMEOUT);
        queue.close();
    }
}
