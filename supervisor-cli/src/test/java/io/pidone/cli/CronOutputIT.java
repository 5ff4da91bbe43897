package io.pidone.cli;

import io.pidone.cli.testing.Await;
import io.pidone.cli.testing.Container;
import io.pidone.cli.testing.Init;
import io.pidone.cli.testing.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import static org.assertj.core.api.Assertions.assertThat;

/** What commands write, on its way through the cron to a file, to a reader that sleeps, to nobody. */
class CronOutputIT {

    private static final int TERM = 15;
    private static final Pattern LINE = Pattern.compile("\\S+ (\\w+)\\[1] stdout: (.*)");

    @TempDir
    private Path directory;

    private Launch cron(List<String> options, String... lines) throws IOException {
        Files.write(directory.resolve("jobs"), List.of(lines));
        String[] words = Stream.concat(options.stream(), Stream.of("jobs")).toArray(String[]::new);
        return Launch.of(new Init("pidone cron", List.of(Init.launcher().toString(), "cron")), words).in(directory);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** What is in a file that another process makes. */
    private String soFar(String name) throws IOException {
        return Files.exists(file(name)) ? Files.readString(file(name)) : "";
    }

    private static List<String> textsOf(String entry, Path log) throws IOException {
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream().map(LINE::matcher)
                .filter(Matcher::matches).filter(m -> m.group(1).equals(entry)).map(m -> m.group(2)).toList();
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    @Test
    void shouldLoseNoLineToAReaderThatSleeps() throws IOException {
        String reader = "mkfifo log; { until [ -e go ]; do sleep 0.01; done; exec cat >read; } <log & "
                + "exec \"$@\" >log 2>&1";
        try (Container container = cron(List.of(), "PIDONE_NAME=counter", "@reboot seq 1 300000; echo >counted",
                "PIDONE_NAME=silent", "* * * * * * * echo >>beats").wrappedInShell(reader).start()) {
            Await.until("beats while nobody reads", () -> file("beats").toFile().length() >= 3);
            assertThat(file("counted")).as("held back by its full pipe").doesNotExist();
            Files.createFile(file("go"));
            // Before the stop: the reader is one of those that it ends.
            Await.until("all of it was read", () -> soFar("read").contains("counter[1] succeeded"));
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
        assertThat(textsOf("counter", file("read"))).isEqualTo(numbers(300_000));
    }

    @Test
    void shouldStayAsSmallAsItIsUnderAFloodOfAGigabyte() throws IOException {
        String redirect = "exec \"$@\" >/dev/null";
        try (Container container = cron(List.of(), "PIDONE_NAME=long", "@reboot head -c 300000000 /dev/zero",
                "PIDONE_NAME=short", "@reboot yes | head -c 20000000",
                "PIDONE_NAME=lines", "@reboot yes $(seq 1 30) | head -c 700000000")
                .wrappedInShell(redirect).start()) {
            container.awaitError("long[1] succeeded").awaitError("short[1] succeeded")
                    .awaitError("lines[1] succeeded");
            String status = Files.readString(Path.of("/proc/" + container.init() + "/status"));
            Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
            assertThat(peak.find()).isTrue();
            assertThat(Integer.parseInt(peak.group(1)) >> 10).as("MiB at most").isLessThan(110);
        }
    }

    @Test
    void shouldWriteEachByteOfGarbageHarmlesslyInTextAndInJson() throws IOException {
        Files.write(file("garbage"), garbage());
        for (List<String> options : List.of(List.<String>of(), List.of("--json"))) {
            try (Container container = cron(options, "PIDONE_NAME=binary", "@reboot cat garbage; echo; echo end")
                    .wrappedInShell("exec \"$@\" >log 2>&1").start()) {
                Await.until("the end", () -> soFar("log").contains("end"));
                container.signal(TERM).awaitExit();
            }
            String log = Files.readString(file("log"), StandardCharsets.UTF_8);
            assertThat(log.chars()).as("controls").noneMatch(c -> c < ' ' && c != '\n' && c != '\t'
                    || c >= 0x7f && c < 0xa0);
            assertThat(log.lines()).allMatch(line -> line.matches(options.isEmpty() ? "20\\S+ .*" : "\\{\"time.*}"));
        }
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[100_000];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldWriteWhatWasSaidLastBeforeItStops() throws IOException {
        try (Container container = cron(List.of(), "PIDONE_NAME=last",
                "@reboot trap 'seq 1 5000; printf end; exit' TERM; echo ready; while :; do sleep 0.01; done")
                .wrappedInShell("exec \"$@\" >log 2>&1").start()) {
            Await.until("ready", () -> soFar("log").contains("ready"));
            assertThat(container.signal(TERM).awaitExit().exitCode()).isZero();
        }
        List<String> texts = textsOf("last", file("log"));
        assertThat(texts.subList(1, texts.size() - 1)).isEqualTo(numbers(5000));
        assertThat(texts).startsWith("ready").endsWith("end");
        assertThat(Files.readString(file("log"))).endsWith(" stopped\n");
    }
}
