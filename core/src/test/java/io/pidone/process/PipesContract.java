package io.pidone.process;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What every {@link Pipes} on Linux owes its users, with real children at the other end. */
public abstract class PipesContract {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

    private final WaitResult result = new WaitResult();
    private final byte[] buffer = new byte[64 * 1024];
    private final int[] ready = new int[64];
    private ExecutorService threads;
    private Poller poller;
    private List<String> openBefore;

    /** The implementation under test. */
    protected abstract Pipes pipes();

    /** The way to wait that belongs to it. */
    protected abstract Poller newPoller();

    protected abstract ProcessSystem system();

    /** The name by which {@link ExhaustedDescriptors} knows it. */
    protected abstract String name();

    @BeforeEach
    void open() throws IOException {
        openBefore = openPipes();
        threads = Executors.newCachedThreadPool();
        poller = newPoller();
    }

    @AfterEach
    void shouldLeaveNoDescriptorOpen() throws IOException {
        poller.close();
        threads.shutdownNow();
        assertThat(openPipes()).isEqualTo(openBefore);
    }

    private static List<String> openPipes() throws IOException {
        List<String> open = new ArrayList<>();
        for (Path link : descriptors()) {
            String target = target(link);
            if (target.startsWith("pipe:") || target.startsWith("/memfd:") || target.startsWith("anon_inode:")) {
                open.add(link + " " + target);
            }
        }
        return open;
    }

    private static List<Path> descriptors() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.sorted().toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private Pid spawn(Pipes.Pipe stdout, String... command) throws SpawnException {
        return system().spawn(SpawnSpec.of(command).withRedirect(new Redirect.Null(0))
                .withRedirect(new Redirect.Duplicate(1, stdout.writeEnd())));
    }

    private ExitStatus end(Pid pid) {
        await().pollInterval(Duration.ofMillis(1)).atMost(DEADLINE)
                .until(() -> system().waitFor(pid, result) == Waited.ENDED);
        return result.status();
    }

    /** All that comes until the end; closes the descriptor. */
    private byte[] drain(int descriptor) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        poller.add(descriptor);
        while (true) {
            assertThat(poller.await(ready, DEADLINE.toNanos())).as("ready before the deadline").isEqualTo(1);
            int got = pipes().read(descriptor, buffer);
            if (got == Pipes.END) {
                poller.remove(descriptor);
                pipes().close(descriptor);
                return all.toByteArray();
            }
            all.write(buffer, 0, Math.max(0, got));
        }
    }

    private String output(SpawnSpec spec) throws SpawnException {
        Pipes.Pipe pipe = pipes().open();
        Pid pid = system().spawn(spec.withRedirect(new Redirect.Duplicate(1, pipe.writeEnd())));
        pipes().close(pipe.writeEnd());
        String output = new String(drain(pipe.readEnd()), StandardCharsets.UTF_8);
        assertThat(end(pid)).isEqualTo(ExitStatus.exited(0));
        return output;
    }

    private void close(Pipes.Pipe pipe) {
        pipes().close(pipe.readEnd());
        pipes().close(pipe.writeEnd());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReadWhatAChildWrites() throws Exception {
        assertThat(output(SpawnSpec.of("printf", "%s\\n", "a line", "the last"))).isEqualTo("a line\nthe last\n");
    }

    @Test
    void shouldEndOnlyWhenTheLastWriterIsGone() throws Exception {
        Pipes.Pipe pipe = pipes().open();
        assertThat(pipes().read(pipe.readEnd(), buffer)).as("the own end is open").isEqualTo(Pipes.WOULD_BLOCK);
        Pid quick = spawn(pipe, "echo", "x");
        Pid lasting = spawn(pipe, "sleep", "60");
        pipes().close(pipe.writeEnd());
        assertThat(end(quick).success()).isTrue();
        assertThat(pipes().read(pipe.readEnd(), buffer)).isEqualTo(2);
        assertThat(pipes().read(pipe.readEnd(), buffer)).as("one writer is left").isEqualTo(Pipes.WOULD_BLOCK);
        system().signal(lasting, Signal.KILL);
        end(lasting);
        assertThat(pipes().read(pipe.readEnd(), buffer)).isEqualTo(Pipes.END);
        assertThat(pipes().read(pipe.readEnd(), buffer)).as("the end remains").isEqualTo(Pipes.END);
        pipes().close(pipe.readEnd());
    }

    @Test
    void shouldReadNoMoreThanTheBufferTakes() {
        Pipes.Pipe pipe = pipes().open();
        pipes().write(pipe.writeEnd(), ascii("abcdef"), 5);
        byte[] small = new byte[3];
        assertThat(pipes().read(pipe.readEnd(), small)).isEqualTo(3);
        assertThat(small).isEqualTo(ascii("abc"));
        assertThat(pipes().read(pipe.readEnd(), small)).isEqualTo(2);
        assertThat(small).isEqualTo(ascii("dec"));
        assertThatIllegalArgumentException().isThrownBy(() -> pipes().read(pipe.readEnd(), new byte[0]));
        close(pipe);
    }

    @Test
    void shouldAllocateNothingHoweverMuchIsRead() throws Exception {
        int total = 200 * MIB;
        Pipes.Pipe pipe = pipes().open();
        Pid pid = spawn(pipe, "head", "-c", Integer.toString(total), "/dev/zero");
        pipes().close(pipe.writeEnd());
        poller.add(pipe.readEnd());
        ThreadMXBean allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long read = readSome(pipe.readEnd());
        long before = allocations.getCurrentThreadAllocatedBytes();
        for (long got = read; got > 0; read += got) {
            got = readSome(pipe.readEnd());
        }
        long allocated = allocations.getCurrentThreadAllocatedBytes() - before;
        assertThat(read).isEqualTo(total);
        assertThat(allocated).as("bytes of garbage for at least 3200 reads").isLessThan(16 * 1024);
        assertThat(end(pid).success()).isTrue();
        poller.remove(pipe.readEnd());
        pipes().close(pipe.readEnd());
    }

    private int readSome(int descriptor) {
        int got;
        do {
            poller.await(ready, DEADLINE.toNanos());
            got = pipes().read(descriptor, buffer);
        } while (got == Pipes.WOULD_BLOCK);
        return got;
    }

    @Test
    void shouldServeManyThreadsAtOnce() throws Exception {
        List<Callable<byte[]>> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Pipes.Pipe pipe = pipes().open();
            byte[] bytes = random(MIB + i);
            threads.submit(() -> {
                pipes().write(pipe.writeEnd(), bytes, bytes.length);
                pipes().close(pipe.writeEnd());
            });
            readers.add(() -> readAlone(pipe.readEnd()));
        }
        int i = 0;
        for (Future<byte[]> read : threads.invokeAll(readers)) {
            assertThat(read.get()).as("reader %d", i).isEqualTo(random(MIB + i));
            i++;
        }
    }

    private byte[] readAlone(int descriptor) {
        byte[] own = new byte[10_000];
        int[] one = new int[1];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Poller alone = newPoller()) {
            alone.add(descriptor);
            for (int got; (got = pipes().read(descriptor, own)) != Pipes.END; ) {
                if (got == Pipes.WOULD_BLOCK) {
                    alone.await(one, -1);
                } else {
                    all.write(own, 0, got);
                }
            }
        }
        pipes().close(descriptor);
        return all.toByteArray();
    }

    private Future<?> writer(Pipes.Pipe pipe, byte[] bytes) {
        return threads.submit(() -> {
            try {
                pipes().write(pipe.writeEnd(), bytes, bytes.length);
            } finally {
                pipes().close(pipe.writeEnd());
            }
        });
    }

    @Test
    void shouldWaitForASlowReader() throws Exception {
        Pipes.Pipe pipe = pipes().open();
        Future<?> written = writer(pipe, random(MIB));
        assertThat(readAlone(pipe.readEnd())).isEqualTo(random(MIB));
        written.get();
    }

    @Test
    void shouldWaitForASlowReaderWhenSomebodyMadeTheDescriptorNonBlocking() throws Exception {
        Pipes.Pipe pipe = pipes().open();
        assertThat(end(spawn(pipe, "dd", "if=/dev/null", "oflag=nonblock", "status=none")).success()).isTrue();
        String flags = Files.readString(Path.of("/proc/self/fdinfo/" + pipe.writeEnd()));
        assertThat(flags).as("O_NONBLOCK").containsPattern("flags:\\s+\\d*[4567]\\d{3}\n");
        Future<?> written = writer(pipe, random(MIB));
        assertThat(readAlone(pipe.readEnd())).isEqualTo(random(MIB));
        written.get();
    }

    @Test
    void shouldLeaveTheWriteEndBlockingForAChild() throws Exception {
        Pipes.Pipe pipe = pipes().open();
        String flags = Files.readString(Path.of("/proc/self/fdinfo/" + pipe.writeEnd()));
        assertThat(flags).containsPattern("flags:\\s+\\d*[0123]\\d{3}\n");
        close(pipe);
    }

    @Test
    void shouldSayEpipeWhenNobodyReads() throws Exception {
        Pipes.Pipe pipe = pipes().open();
        Future<?> written = writer(pipe, random(MIB));
        await().atMost(DEADLINE).until(() -> pipes().read(pipe.readEnd(), buffer) > 0);
        pipes().close(pipe.readEnd());
        assertThatThrownBy(() -> written.get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class).cause()
                .isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPIPE));
    }

    @Test
    void shouldNameTheErrorWhenItCannotReadOrWrite() throws Exception {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(full.getFD().valid()).isTrue();
            int descriptor = Integer.parseInt(descriptors().stream().filter(link -> target(link).equals("/dev/full"))
                    .findFirst().orElseThrow().getFileName().toString());
            assertThat(errno(() -> pipes().write(descriptor, new byte[1], 1))).isEqualTo(Errno.ENOSPC);
            assertThat(errno(() -> pipes().read(descriptor, buffer))).isEqualTo(Errno.EBADF);
        }
        assertThat(errno(() -> pipes().write(-1, new byte[1], 1))).isEqualTo(Errno.EBADF);
        assertThat(errno(() -> pipes().close(-1))).isEqualTo(Errno.EBADF);
        assertThatThrownBy(() -> pipes().write(-1, new byte[1], 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static int errno(Runnable call) {
        return catchThrowableOfType(ErrnoException.class, call::run).errno();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MIB, MIB + 1})
    void shouldGiveAChildExactlyItsInput(int length) throws Exception {
        byte[] bytes = random(length);
        int input = pipes().input(bytes);
        Pipes.Pipe pipe = pipes().open();
        Pid pid = spawnReading(input, pipe);
        pipes().close(pipe.writeEnd());
        assertThat(drain(pipe.readEnd())).isEqualTo(bytes);
        assertThat(end(pid).success()).isTrue();
        assertThat(pipes().read(input, buffer)).as("read once").isEqualTo(Pipes.END);
        pipes().close(input);
    }

    private Pid spawnReading(int input, Pipes.Pipe stdout) throws SpawnException {
        return system().spawn(SpawnSpec.of("cat").withRedirect(new Redirect.Duplicate(0, input))
                .withRedirect(new Redirect.Duplicate(1, stdout.writeEnd())));
    }

    @Test
    void shouldKeepDescriptorsFromOtherChildren() throws Exception {
        List<Pipes.Pipe> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(pipes().open());
        }
        int input = pipes().input(random(10));
        String listed = output(SpawnSpec.of("ls", "/proc/self/fd").withRedirect(new Redirect.Null(0)));
        assertThat(listed.lines()).as("the last one reads the directory").containsExactly("0", "1", "2", "3");
        pipes().close(input);
        others.forEach(this::close);
    }

    @Test
    void shouldServeHundredsOfPipesAtOnce() throws Exception {
        List<Pipes.Pipe> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Pipes.Pipe pipe = pipes().open();
            all.add(pipe);
            poller.add(pipe.readEnd());
        }
        for (Pipes.Pipe pipe : all) {
            byte[] number = ascii(Integer.toString(pipe.readEnd()));
            pipes().write(pipe.writeEnd(), number, number.length);
            pipes().close(pipe.writeEnd());
        }
        int ended = 0;
        while (ended < all.size()) {
            int count = poller.await(ready, DEADLINE.toNanos());
            assertThat(count).isPositive();
            for (int i = 0; i < count; i++) {
                ended += readNumberOrEnd(ready[i]);
            }
        }
    }

    private int readNumberOrEnd(int descriptor) {
        int got = pipes().read(descriptor, buffer);
        if (got == Pipes.END) {
            poller.remove(descriptor);
            pipes().close(descriptor);
            return 1;
        }
        assertThat(Arrays.copyOf(buffer, got)).isEqualTo(ascii(Integer.toString(descriptor)));
        return 0;
    }

    @Test
    void shouldSayEmfileWhenDescriptorsAreExhausted() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(output(SpawnSpec.of("sh", "-c", "ulimit -n 150; exec \"$@\"", "sh", java, "-cp",
                System.getProperty("java.class.path"), ExhaustedDescriptors.class.getName(), name())))
                .isEqualTo("open " + Errno.EMFILE + "\ninput " + Errno.EMFILE + "\n");
    }
}
