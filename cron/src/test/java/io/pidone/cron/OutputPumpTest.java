package io.pidone.cron;

import com.sun.management.ThreadMXBean;
import io.pidone.cron.schedule.Run;
import io.pidone.event.Event;
import io.pidone.process.Pid;
import io.pidone.process.Pipes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static io.pidone.cron.RecordedEvents.DEADLINE;
import static io.pidone.cron.RecordedEvents.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What real children write, as a log is told of it. */
class OutputPumpTest {

    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private final PumpWorld world = new PumpWorld();
    private final Run a = PumpWorld.run("a");
    private final Run b = PumpWorld.run("b");
    private final Instant now = Instant.parse("2026-11-25T01:40:00.012Z");
    private List<String> openBefore;
    private OutputPump pump;

    @BeforeEach
    void open() throws IOException {
        openBefore = openPipes();
        pump = new OutputPump(PumpWorld.PIPES, PumpWorld.LINUX.poller(), world, world, () -> now);
    }

    @AfterEach
    void shouldLeaveNoDescriptorOpen() {
        pump.close();
        world.close();
        await(() -> assertThat(openPipes()).isEqualTo(openBefore));
    }

    private static List<String> openPipes() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                String target = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
                if (target.startsWith("pipe:") || target.startsWith("anon_inode:")) {
                    open.add(target);
                }
            }
        }
        return open;
    }

    private void awaitTold(String last) {
        await(() -> assertThat(world.told()).contains(last));
    }

    private static Thread outputThread() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("output")).findAny()
                .orElseThrow();
    }

    @Test
    void shouldTellOutputBetweenStartAndEnd() {
        world.complete(pump, a, "echo one; echo two >&2; printf three");
        awaitTold("ended a");
        assertThat(world.told()).startsWith("started a").endsWith("ended a")
                .containsExactlyInAnyOrder("started a", "a stdout one", "a stderr two", "a stdout three", "ended a")
                .containsSubsequence("a stdout one", "a stdout three");
        assertThat(world.moments()).containsOnly(now);
    }

    @Test
    void shouldTellTheEndAlthoughAGrandchildHoldsTheOutputAndItsLinesLater() throws IOException {
        Path gate = directory.resolve("gate");
        world.complete(pump, a, "(while [ ! -e " + gate + " ]; do sleep 0.01; done; echo late) & printf begun");
        awaitTold("ended a");
        assertThat(world.told()).containsExactly("started a", "a stdout begun", "ended a");
        world.complete(pump, b, "echo other");
        Files.createFile(gate);
        awaitTold("a stdout late");
    }

    @Test
    void shouldGoOnWhenACommandClosesItsOutput() {
        world.complete(pump, a, "exec >&-; echo still here >&2; exec 2>&-; exit 3");
        awaitTold("ended a");
        assertThat(world.told()).containsExactly("started a", "a stderr still here", "ended a");
    }

    @Test
    void shouldTellAQuietCommandWhileAnotherFloods() {
        AtomicLong flooded = new AtomicLong();
        AtomicLong seenWhenQuietSpoke = new AtomicLong();
        pump.close();
        pump = new OutputPump(PumpWorld.PIPES, PumpWorld.LINUX.poller(), world,
                (run, channel, bytes, from, to, cut) -> {
                    if (run == a) {
                        flooded.addAndGet(to - from + 1);
                    } else {
                        seenWhenQuietSpoke.set(flooded.get());
                        world.line(run, channel, bytes, from, to, cut);
                    }
                }, () -> now);
        Pid flood = world.start(pump, a, "yes 'a line of a flood' | head -c " + 200 * MIB);
        await(() -> assertThat(flooded.get()).isPositive());
        world.complete(pump, b, "echo quiet");
        awaitTold("b stdout quiet");
        assertThat(seenWhenQuietSpoke.get()).isLessThan(200 * MIB);
        world.end(pump, a, flood);
        awaitTold("ended a");
        // The flood's last line has no newline.
        assertThat(flooded.get()).isBetween(200L * MIB, 200L * MIB + 1);
    }

    @Test
    void shouldTellALineOfTenMebibytesInPieces() {
        world.complete(pump, a, "head -c " + 10 * MIB + " /dev/zero | tr '\\0' x; echo; echo next");
        awaitTold("ended a");
        String piece = "a stdout " + "x".repeat(LineCutter.LONGEST);
        assertThat(world.told()).hasSize(160 + 3).endsWith(piece, "a stdout next", "ended a");
        assertThat(world.told().subList(1, 160)).containsOnly(piece + "...");
    }

    @Test
    void shouldTellAnyBytes() {
        String all = IntStream.range(0, 256).filter(c -> c != '\n')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        world.complete(pump, a, "for i in $(seq 0 255); do [ $i = 10 ] || printf \"\\\\$(printf %03o $i)\"; done");
        awaitTold("ended a");
        assertThat(world.told()).containsExactly("started a", "a stdout " + all, "ended a");
    }

    @Test
    void shouldHoldBackCommandsAndNotTheSchedulerWhileTheLogBlocks() {
        Pipes.Pipe log = PumpWorld.PIPES.open();
        world.onLine = line -> PumpWorld.PIPES.write(log.writeEnd(), new byte[MIB], MIB);
        Pid child = world.start(pump, a, "echo blocks; head -c 200000 /dev/zero | tr '\\0' '\\n'; echo end");
        await(() -> assertThat(outputThread().getStackTrace()).anyMatch(f -> f.getMethodName().equals("write")));
        long before = System.nanoTime();
        for (int i = 1; i <= 15_000; i++) {
            pump.events().accept(new Event.Degraded("message " + i));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).as("it did not wait").isLessThan(DEADLINE);
        assertThat(pump.flush(Duration.ofMillis(50))).isFalse();
        assertThat(world.told()).containsExactly("started a");
        world.onLine = line -> { };
        byte[] read = new byte[LineCutter.LONGEST];
        await(() -> {
            while (PumpWorld.PIPES.read(log.readEnd(), read) > 0) {
                continue;
            }
            assertThat(world.told()).contains("5000 messages were dropped, since nobody read the log fast enough");
        });
        pump.events().accept(new Event.Degraded("message again"));
        world.end(pump, a, child);
        awaitTold("ended a");
        assertThat(world.told()).contains("a stdout end").containsSubsequence("a stdout blocks", "message 1",
                "message 10000", "5000 messages were dropped, since nobody read the log fast enough", "message again")
                .doesNotContain("message 10001");
        assertThat(world.told()).filteredOn("a stdout "::equals).hasSize(200_000);
        PumpWorld.PIPES.close(log.readEnd());
        PumpWorld.PIPES.close(log.writeEnd());
    }

    @Test
    void shouldGoOnWhenASinkFails() {
        AtomicInteger failures = new AtomicInteger();
        world.onLine = line -> {
            failures.incrementAndGet();
            throw new AssertionError("of the sink");
        };
        world.complete(pump, a, "seq 1 100");
        awaitTold("ended a");
        assertThat(failures).hasValue(100);
        assertThat(world.told()).filteredOn(line -> line.contains("internal error")).as("said, and not each time")
                .hasSize(1);
        world.onLine = line -> { };
        world.onEvent = event -> {
            throw new IllegalStateException("of the target");
        };
        world.complete(pump, b, "echo on");
        awaitTold("b stdout on");
    }

    @Test
    void shouldFlushWhatIsThereAlthoughAFloodGoesOn() {
        AtomicInteger flushes = new AtomicInteger();
        pump.close();
        pump = new OutputPump(PumpWorld.PIPES, PumpWorld.LINUX.poller(), world, new OutputSink() {

            @Override
            public void line(Run run, Channel channel, byte[] bytes, int from, int to, boolean cut) {
                if (run == b) {
                    world.line(run, channel, bytes, from, to, cut);
                }
            }

            @Override
            public void flush() {
                flushes.incrementAndGet();
            }
        }, () -> now);
        world.start(pump, a, "exec yes");
        Pid partial = world.start(pump, b, "printf begun; kill -STOP $$");
        await(() -> assertThat(Files.readString(Path.of("/proc/" + partial.value() + "/stat"))).contains(") T "));
        pump.events().accept(new Event.Degraded("last message"));
        int before = flushes.get();
        assertThat(pump.flush(DEADLINE)).isTrue();
        assertThat(flushes.get()).isGreaterThan(before);
        assertThat(world.told()).contains("last message", "b stdout begun");
    }

    @Test
    void shouldAllocateNothingPerLine() {
        AtomicLong lines = new AtomicLong();
        pump.close();
        pump = new OutputPump(PumpWorld.PIPES, PumpWorld.LINUX.poller(), world,
                (run, channel, bytes, from, to, cut) -> lines.incrementAndGet(), () -> now);
        long thread = outputThread().getId();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Pid child = world.start(pump, a, "yes 'a line that is neither long nor short' | head -n 2000000");
        await(() -> assertThat(lines.get()).isGreaterThan(100_000));
        long linesBefore = lines.get();
        long bytesBefore = threads.getThreadAllocatedBytes(thread);
        await(() -> assertThat(lines.get()).isEqualTo(2_000_000));
        long bytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
        assertThat(bytes).as("bytes for " + (2_000_000 - linesBefore) + " lines").isLessThan(500_000);
        world.end(pump, a, child);
    }

    @Test
    void shouldSleepWhileNothingHappens() {
        AtomicInteger awaits = new AtomicInteger();
        pump.close();
        pump = new OutputPump(PumpWorld.PIPES, new CountingPoller(PumpWorld.LINUX.poller(), awaits), world, world,
                () -> now);
        Pid idle = world.start(pump, a, "echo once; exec sleep 1000");
        awaitTold("a stdout once");
        await(() -> assertThat(outputThread().getStackTrace()).anyMatch(f -> f.getMethodName().equals("epollWait")));
        AtomicReference<Integer> last = new AtomicReference<>(-1);
        await(() -> assertThat(last.getAndSet(awaits.get())).isEqualTo(awaits.get()));
        int before = awaits.get();
        world.complete(pump, b, "sleep 0.3");
        awaitTold("ended b");
        // Woken by the start, two ends of pipes and the end, perhaps each twice.
        assertThat(awaits.get() - before).isLessThan(20);
        assertThat(idle).isNotNull();
    }

    @Test
    void shouldSayWhatItCannotReadAndGoOn() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        pump.close();
        pump = new OutputPump(new FailingPipes(PumpWorld.PIPES, failed), PumpWorld.LINUX.poller(), world, world,
                () -> now);
        Pid child = world.start(pump, a, "echo lost; exec sleep 1000");
        failed.await();
        awaitTold("stdout of a[1] is not read any more: read: Input/output error");
        world.complete(pump, b, "echo on");
        awaitTold("ended b");
        assertThat(world.told()).contains("b stdout on");
        assertThat(child).isNotNull();
    }
}
