package io.pidone.cli.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.pidone.cron.Channel;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.event.EventSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

class CronListenerTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleCron cron = new SampleCron();
    private CronListener listener;
    private EventSink events;

    @BeforeEach
    void start() throws IOException {
        listener = new CronListener(new ListenAddress("localhost", 0), cron, "1.2.3");
        events = listener.events(SampleCron.NOBODY);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private Http.Reply get(String path, String... headers) throws IOException {
        return Http.get(listener.address(), path, headers);
    }

    private static void assertJson(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentToken()).isNotNull();
            }
        }
    }

    @Test
    void shouldBeHealthyWhileTheSchedulersThreadAnswers() throws IOException {
        assertThat(get("/healthz").status()).isEqualTo(200);
        cron.answers(false);
        Http.Reply ill = get("/healthz");
        assertThat(ill.status()).isEqualTo(503);
        assertThat(ill.text()).isEqualTo("the scheduler's thread has not answered for 7 s\n");
    }

    @Test
    void shouldBeReadyWhileCrontabsAreFired() throws IOException {
        assertThat(get("/readyz").status()).isEqualTo(200);
        cron.ready(false);
        assertThat(get("/readyz").status()).isEqualTo(503);
        assertThat(get("/readyz").text()).startsWith("not ready: ");
    }

    @Test
    void shouldWriteTextOrOpenMetricsAsIsAccepted() throws IOException {
        Http.Reply text = get("/metrics", "Accept: text/plain");
        assertThat(text.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(text.text()).contains("pidone_build_info{version=\"1.2.3\"} 1").doesNotContain("# EOF");
        Http.Reply open = get("/metrics",
                "Accept: application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5");
        assertThat(open.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(open.text()).contains("pidone_build_info{version=\"1.2.3\"} 1").endsWith("\n# EOF\n")
                .containsOnlyOnce("# EOF");
    }

    @Test
    void shouldTellOfTheProcess() throws IOException {
        String text = get("/metrics").text();
        for (String name : List.of("process_cpu_seconds_total", "process_resident_memory_bytes",
                "process_virtual_memory_bytes", "process_open_fds", "process_max_fds", "process_start_time_seconds")) {
            assertThat(text).containsPattern("(?m)^" + name + " [0-9.E]+$");
        }
    }

    @Test
    void shouldGiveMetricsAlsoWhileTheSchedulersThreadDoesNotAnswer() throws IOException {
        Job job = SampleCron.job(0, "crontab:1", "* * * * *", "true");
        cron.jobs(List.of(job), START);
        events.accept(SampleCron.loaded(false, "* * * * * true"));
        assertThat(get("/metrics").text())
                .contains("pidone_cron_next_fire_timestamp_seconds{entry=\"crontab:1\"} 1.7723592E9");
        cron.answers(false);
        Http.Reply reply = get("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("pidone_cron_running{entry=\"crontab:1\"} 0.0").doesNotContain("next_fire");
    }

    @Test
    void shouldSayOnThePageThatTheSchedulersThreadDoesNotAnswer() throws IOException {
        cron.answers(false);
        assertThat(get("/status.json").status()).isEqualTo(503);
        assertThat(get("/").status()).isEqualTo(200);
    }

    @Test
    void shouldShowRunsAndOutput() throws IOException {
        Job job = SampleCron.job(0, "backup", "0 3 * * *", "tar c / | ssh store");
        cron.jobs(List.of(job), START);
        Run ended = SampleCron.run(job, 1, START);
        events.accept(SampleCron.ended(ended, 3, Duration.ofMillis(1500)));
        cron.running(SampleCron.run(job, 2, START.plusSeconds(60)));
        byte[] line = "<b>caf\u00e9".getBytes(StandardCharsets.UTF_8);
        listener.outputs().forEach(sink -> sink.line(ended, Channel.STDERR, line, 0, line.length, false));
        String text = get("/status.json?entry=backup").text();
        assertJson(text);
        assertThat(text).contains("\"words\":\"at 03:00 every day\"", "\"next_ms\":1772359200000",
                "\"running\":[{\"run\":2,\"started_ms\":1772359260000}]",
                "{\"run\":1,\"started_ms\":1772359200000,\"seconds\":1.5,"
                        + "\"outcome\":\"failure\",\"text\":\"exited 3\"}",
                "\"lines\":[{\"run\":1,\"channel\":\"stderr\",\"text\":\"<b>caf\u00e9\"}]", "\"running_total\":1",
                "\"failed_total\":1");
        assertThat(get("/status.json").text()).doesNotContain("\"lines\"");
    }

    @Test
    void shouldNotSendAStatusAgainThatHasNotChanged() throws IOException {
        Job job = SampleCron.job(0, "a", "* * * * *", "true");
        cron.jobs(List.of(job), START);
        String tag = get("/status.json").header("ETag");
        assertThat(get("/status.json", "If-None-Match: " + tag).status()).isEqualTo(304);
        events.accept(SampleCron.ended(SampleCron.run(job, 1, START), 0, Duration.ofMillis(10)));
        assertThat(get("/status.json", "If-None-Match: " + tag).status()).isEqualTo(200);
    }

    @Test
    void shouldGiveThePartThatIsAskedFor() throws IOException {
        cron.jobs(IntStream.range(0, 10_000).mapToObj(i -> SampleCron.job(i, "job-" + i, "* * * * *", "echo " + i % 7))
                .toList(), START);
        assertThat(get("/status.json").text()).contains("\"entries_total\":10000", "\"matching\":10000")
                .contains("\"name\":\"job-49\"").doesNotContain("\"name\":\"job-50\"");
        assertThat(get("/status.json?filter=JOB-99&offset=100&limit=5").text()).contains("\"matching\":111")
                .contains("\"name\":\"job-9989\"").doesNotContain("\"name\":\"job-9988\"");
        assertThat(get("/status.json?limit=9999").text()).hasSizeLessThan(100_000);
        assertThat(get("/status.json?offset=99999999999&limit=-1&sort=x&show=y").status()).isEqualTo(200);
        assertThat(get("/status.json?filter=none").text()).contains("\"matching\":0", "\"entries\":[]");
    }

    @Test
    void shouldShowWhatFailedRunsOrWasLeftOut() throws IOException {
        List<Job> jobs = List.of(SampleCron.job(0, "good", "* * * * *", "true"),
                SampleCron.job(1, "bad", "* * * * *", "false"), SampleCron.job(2, "busy", "* * * * *", "sleep 9"));
        cron.jobs(jobs, START);
        events.accept(SampleCron.ended(SampleCron.run(jobs.get(0), 1, START), 0, Duration.ZERO));
        events.accept(SampleCron.ended(SampleCron.run(jobs.get(1), 1, START), 1, Duration.ZERO));
        Run busy = SampleCron.run(jobs.get(2), 1, START);
        cron.running(busy);
        events.accept(new CronEvent.RunSkipped(jobs.get(2), START, busy, 0));
        assertThat(get("/status.json?show=failed").text()).contains("\"matching\":1", "\"name\":\"bad\"");
        assertThat(get("/status.json?show=running").text()).contains("\"matching\":1", "\"name\":\"busy\"");
        assertThat(get("/status.json?show=passed").text()).contains("\"matching\":1", "\"skipped\":1");
        assertThat(get("/status.json?sort=name").text()).containsSubsequence("\"bad\"", "\"busy\"", "\"good\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/page.css"})
    void shouldNeedNothingFromElsewhere(String path) throws IOException {
        Http.Reply reply = get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none';");
        assertThat(reply.text().replace("http://www.w3.org/2000/svg", "")).doesNotContain("//cdn", "http:", "https:",
                "innerHTML", "onclick=", "style=");
    }
}
