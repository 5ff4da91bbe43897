package io.pidone.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every {@link Poller} owes its users. */
public abstract class PollerContract {

    private static final long WITHOUT_END = -1;
    private static final long DEADLINE_SECONDS = 20;

    private final int[] ready = new int[16];
    private final List<Integer> open = new ArrayList<>();
    private final ExecutorService waiter = Executors.newSingleThreadExecutor();
    private Poller poller;

    /** The implementation under test. */
    protected abstract Poller newPoller();

    protected abstract Pipes pipes();

    @BeforeEach
    void open() {
        poller = newPoller();
    }

    @AfterEach
    void close() {
        waiter.shutdownNow();
        poller.close();
        open.forEach(pipes()::close);
    }

    private Pipes.Pipe pipe() {
        Pipes.Pipe pipe = pipes().open();
        open.add(pipe.readEnd());
        open.add(pipe.writeEnd());
        return pipe;
    }

    private Pipes.Pipe added() {
        Pipes.Pipe pipe = pipe();
        poller.add(pipe.readEnd());
        return pipe;
    }

    private void write(Pipes.Pipe pipe) {
        pipes().write(pipe.writeEnd(), new byte[] {'x'}, 1);
    }

    private void closeWriteEnd(Pipes.Pipe pipe) {
        open.remove((Integer) pipe.writeEnd());
        pipes().close(pipe.writeEnd());
    }

    @Test
    void shouldNameWhatCanBeReadUntilItIsRead() {
        Pipes.Pipe silent = added();
        Pipes.Pipe talking = added();
        assertThat(poller.await(ready, 0)).isZero();
        write(talking);
        for (int i = 0; i < 3; i++) {
            assertThat(poller.await(ready, WITHOUT_END)).isEqualTo(1);
            assertThat(ready[0]).isEqualTo(talking.readEnd()).isNotEqualTo(silent.readEnd());
        }
        pipes().read(talking.readEnd(), new byte[1]);
        assertThat(poller.await(ready, 0)).isZero();
    }

    @Test
    void shouldNameWhatWasHungUp() {
        Pipes.Pipe pipe = added();
        closeWriteEnd(pipe);
        assertThat(poller.await(ready, WITHOUT_END)).isEqualTo(1);
        assertThat(ready[0]).isEqualTo(pipe.readEnd());
    }

    @Test
    void shouldWaitNoShorterThanTold() {
        added();
        for (long nanos : new long[] {1, 999_999, 20_000_001}) {
            long start = System.nanoTime();
            assertThat(poller.await(ready, nanos)).isZero();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
        }
    }

    @Test
    void shouldTakeAnyTimeout() throws Exception {
        Pipes.Pipe pipe = added();
        Future<Integer> found = waiter.submit(() -> poller.await(ready, Long.MAX_VALUE));
        write(pipe);
        assertThat(found.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void shouldEndTheNextWaitWhenItWasWokenBefore() {
        added();
        poller.wake();
        poller.wake();
        assertThat(poller.await(ready, WITHOUT_END)).isZero();
        long start = System.nanoTime();
        assertThat(poller.await(ready, Duration.ofMillis(20).toNanos())).isZero();
        assertThat(System.nanoTime() - start).as("two wakes count as one").isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void shouldEndEachWaitWhenItIsWokenBeforeOrMeanwhile() throws Exception {
        added();
        for (int i = 0; i < 1000; i++) {
            CountDownLatch started = new CountDownLatch(1);
            Future<Integer> found = waiter.submit(() -> {
                started.countDown();
                return poller.await(ready, WITHOUT_END);
            });
            started.await();
            poller.wake();
            assertThat(found.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void shouldNameADescriptorWhenItIsAddedWhileAnotherThreadWaits() throws Exception {
        for (int i = 0; i < 50; i++) {
            Pipes.Pipe pipe = pipe();
            write(pipe);
            Future<Integer> found = waiter.submit(() -> poller.await(ready, WITHOUT_END));
            poller.add(pipe.readEnd());
            assertThat(found.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(ready[0]).isEqualTo(pipe.readEnd());
            poller.remove(pipe.readEnd());
        }
    }

    @Test
    void shouldNameTheReadyOnesAlsoWhenWoken() {
        Pipes.Pipe pipe = added();
        write(pipe);
        poller.wake();
        Set<Integer> named = new TreeSet<>();
        for (int i = 0; i < 2; i++) {
            if (poller.await(ready, WITHOUT_END) == 1) {
                named.add(ready[0]);
            }
        }
        assertThat(named).containsExactly(pipe.readEnd());
    }

    @Test
    void shouldNameAllInTurnWhenThereIsRoomForFew() {
        Set<Integer> expected = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            Pipes.Pipe pipe = added();
            write(pipe);
            expected.add(pipe.readEnd());
        }
        Set<Integer> named = new TreeSet<>();
        for (int round = 0; round < 2 * 300 / 7; round++) {
            int[] few = new int[7];
            assertThat(poller.await(few, WITHOUT_END)).isBetween(1, 7);
            for (int descriptor : few) {
                named.add(descriptor);
            }
        }
        named.remove(0);
        assertThat(named).isEqualTo(expected);
        assertThatIllegalArgumentException().isThrownBy(() -> poller.await(new int[0], 0));
    }

    @Test
    void shouldForgetWhatIsRemoved() {
        Pipes.Pipe gone = added();
        Pipes.Pipe kept = added();
        write(gone);
        write(kept);
        poller.remove(gone.readEnd());
        assertThat(poller.await(ready, WITHOUT_END)).isEqualTo(1);
        assertThat(ready[0]).isEqualTo(kept.readEnd());
        poller.add(gone.readEnd());
        assertThat(poller.await(ready, WITHOUT_END)).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatItCannotAddOrRemove() {
        Pipes.Pipe pipe = added();
        Pipes.Pipe other = pipe();
        assertThat(errno(() -> poller.add(pipe.readEnd()))).isEqualTo(Errno.EEXIST);
        assertThat(errno(() -> poller.remove(other.readEnd()))).isEqualTo(Errno.ENOENT);
        assertThat(errno(() -> poller.add(-1))).isEqualTo(Errno.EBADF);
    }

    private static int errno(Runnable call) {
        return catchThrowableOfType(ErrnoException.class, call::run).errno();
    }

    @Test
    void shouldTouchNothingWhenItIsWokenAfterItWasClosed() {
        poller.close();
        List<Pipes.Pipe> later = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            later.add(pipe());
        }
        poller.wake();
        for (Pipes.Pipe pipe : later) {
            assertThat(pipes().read(pipe.readEnd(), new byte[8])).isEqualTo(Pipes.WOULD_BLOCK);
        }
        assertThatIllegalStateException().isThrownBy(() -> poller.add(later.get(0).readEnd()));
    }
}
