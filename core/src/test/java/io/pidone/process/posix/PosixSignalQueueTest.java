package io.pidone.process.posix;

import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ExitStatus;
import io.pidone.process.NanoClock;
import io.pidone.process.Pid;
import io.pidone.process.ProcessSystem;
import io.pidone.process.Signal;
import io.pidone.process.SignalQueue;
import io.pidone.process.SignalSet;
import io.pidone.process.SpawnSpec;
import io.pidone.process.WaitResult;
import io.pidone.reaper.EventLoop;
import io.pidone.reaper.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** Signals that this JVM sends to itself, and those of its children. The JVM must have no other children. */
class PosixSignalQueueTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final SignalSet HARMLESS = SignalSet.of(Signal.WINCH, Signal.CHLD, Signal.USR2, Signal.HUP);

    private final ProcessSystem system = new PosixProcessSystem();

    private void sendMyself(Signal signal) {
        system.signal(system.self(), signal);
    }

    private static PosixSignalQueue opened(SignalSet signals) {
        PosixSignalQueue queue = new PosixSignalQueue(signals);
        queue.open();
        assertThat(queue.taken()).isEqualTo(signals);
        return queue;
    }

    private static boolean caught(Signal signal) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(text -> text.startsWith("SigCgt:")).findFirst().orElseThrow();
        return new SignalSet(Long.parseUnsignedLong(line.substring(7).strip(), 16)).contains(signal);
    }

    @Test
    void shouldTakeEachSignal() {
        try (SignalQueue queue = opened(HARMLESS)) {
            for (Signal signal : List.of(Signal.WINCH, Signal.CHLD, Signal.USR2, Signal.HUP)) {
                sendMyself(signal);
                assertThat(queue.await(DEADLINE.toNanos())).isEqualTo(signal.number());
            }
            assertThat(queue.await(0)).isEqualTo(SignalQueue.TIMEOUT);
        }
    }

    @Test
    void shouldWaitNoShorterThanTold() {
        try (SignalQueue queue = opened(HARMLESS)) {
            long start = System.nanoTime();
            assertThat(queue.await(20_000_000)).isEqualTo(SignalQueue.TIMEOUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        }
    }

    @Test
    void shouldBeWokenBeforeAndMeanwhile() throws Exception {
        try (SignalQueue queue = opened(HARMLESS)) {
            queue.wake();
            queue.wake();
            assertThat(queue.await(-1)).isEqualTo(SignalQueue.WOKEN);
            assertThat(queue.await(0)).as("two wakes count as one").isEqualTo(SignalQueue.TIMEOUT);
            Thread owner = Thread.currentThread();
            Thread waking = new Thread(() -> {
                await().atMost(DEADLINE).until(() -> owner.getState() == Thread.State.WAITING
                        || owner.getState() == Thread.State.TIMED_WAITING);
                queue.wake();
            });
            waking.start();
            assertThat(queue.await(DEADLINE.toNanos())).isEqualTo(SignalQueue.WOKEN);
            waking.join();
        }
    }

    @Test
    void shouldKeepAnInterruptionForTheCaller() {
        try (SignalQueue queue = opened(HARMLESS)) {
            Thread.currentThread().interrupt();
            assertThat(queue.await(1_000_000)).isEqualTo(SignalQueue.TIMEOUT);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldGiveBackTheDefaultWhenItIsClosed() throws Exception {
        assertThat(caught(Signal.WINCH)).isFalse();
        try (SignalQueue queue = opened(HARMLESS)) {
            assertThat(caught(Signal.WINCH)).isTrue();
            assertThatIllegalStateException().isThrownBy(queue::open);
        }
        assertThat(caught(Signal.WINCH)).isFalse();
        assertThat(caught(Signal.HUP)).as("the runtime's own handler").isTrue();
    }

    @Test
    void shouldGiveBackTheHandlerThatWasThereBefore() {
        try (SignalQueue outer = opened(HARMLESS)) {
            try (SignalQueue inner = opened(SignalSet.of(Signal.WINCH))) {
                sendMyself(Signal.WINCH);
                assertThat(inner.await(DEADLINE.toNanos())).isEqualTo(Signal.WINCH.number());
            }
            assertThat(outer.await(0)).isEqualTo(SignalQueue.TIMEOUT);
            sendMyself(Signal.WINCH);
            assertThat(outer.await(DEADLINE.toNanos())).isEqualTo(Signal.WINCH.number());
        }
    }

    @Test
    void shouldLeaveToTheJvmWhatItNeeds() {
        try (PosixSignalQueue all = new PosixSignalQueue(SignalSet.ALL)) {
            all.open();
            SignalSet kept = SignalSet.of(Signal.QUIT, Signal.KILL, Signal.STOP, Signal.of(4), Signal.of(7),
                    Signal.of(8), Signal.of(11), Signal.of(34), Signal.of(64));
            assertThat(all.taken().bits() & kept.bits()).isZero();
            assertThat(all.taken().contains(Signal.TERM)).isTrue();
        }
        try (PosixSignalQueue usual = new PosixSignalQueue()) {
            usual.open();
            assertThat(usual.taken().contains(Signal.USR2)).isFalse();
            assertThat(usual.taken().contains(Signal.CHLD)).isTrue();
        }
    }

    @Test
    void shouldCarryALoopThatReapsAChild() throws Exception {
        List<Integer> reaped = new ArrayList<>();
        List<ExitStatus> statuses = new ArrayList<>();
        List<Event> failures = new ArrayList<>();
        try (SignalQueue queue = opened(SignalSet.of(Signal.CHLD))) {
            EventLoop loop = new EventLoop(queue, NanoClock.system(), new EventSink() {
                @Override
                public boolean wants(Event.Severity severity) {
                    return true;
                }

                @Override
                public void accept(Event event) {
                    failures.add(event);
                }
            });
            Reaper reaper = new Reaper(system, new Reaper.ReapListener() {
                @Override
                public void ended(WaitResult result) {
                    reaped.add(result.pid());
                    statuses.add(result.status());
                    loop.stop();
                }

                @Override
                public void stopped(WaitResult result) {
                    throw new AssertionError("nothing was stopped");
                }
            });
            loop.after(DEADLINE, loop::stop);
            Pid child = system.spawn(SpawnSpec.of("sh", "-c", "exit 7"));
            loop.run(number -> {
                assertThat(Signal.of(number)).isEqualTo(Signal.CHLD);
                reaper.reapZombies();
            });
            assertThat(failures).isEmpty();
            assertThat(reaped).containsExactly(child.value());
            assertThat(statuses).containsExactly(ExitStatus.exited(7));
        }
    }
}
