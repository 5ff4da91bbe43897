package io.pidone.cli.listen;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.pidone.cli.testing.Await;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page in a browser. */
class PageIT {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final Job BACKUP = SampleCron.job(0, "backup", "0 3 * * *", "tar c / | ssh store");

    private static Browser browser;

    private final SampleCron cron = new SampleCron();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Integer> answered = new CopyOnWriteArrayList<>();
    private CronListener listener;
    private EventSink events;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() {
        browser = new Browser();
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    @BeforeEach
    void start() throws IOException {
        listener = new CronListener(new ListenAddress("localhost", 0), cron, "1");
        events = listener.events(SampleCron.NOBODY);
        cron.jobs(List.of(BACKUP), Instant.now().plusSeconds(100));
        context = browser.open(ColorScheme.LIGHT, WIDTH, HEIGHT);
        page = context.newPage();
        page.onDialog(dialog -> {
            complaints.add("dialog " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> asked.add(request.url()));
        page.onResponse(response -> {
            if (response.url().contains("status.json")) {
                answered.add(response.status());
            }
        });
    }

    @AfterEach
    void stop() {
        context.close();
        listener.close();
    }

    private String origin() {
        return "http://localhost:" + listener.address().getPort();
    }

    private Page open() {
        page.navigate(origin() + "/");
        assertThat(page.locator(".entry").first()).isVisible();
        return page;
    }

    private void output(Run run, Channel channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        listener.outputs().forEach(sink -> sink.line(run, channel, bytes, 0, bytes.length, false));
    }

    private static Run begun(long number, Duration ago) {
        return SampleCron.run(BACKUP, number, Instant.now().minus(ago));
    }

    @Test
    void shouldCountDown() {
        Locator countdown = open().locator(".countdown");
        int before = minutesAndSeconds(countdown.textContent());
        assertThat(before).isBetween(60, 101);
        Await.until("two seconds less", () -> minutesAndSeconds(countdown.textContent()) <= before - 2);
        assertThat(complaints).isEmpty();
    }

    /** Of {@code in 1 min 39 s}. */
    private static int minutesAndSeconds(String text) {
        String[] words = text.split(" ");
        return text.contains("min") ? Integer.parseInt(words[1]) * 60 + Integer.parseInt(words[3])
                : Integer.parseInt(words[1]);
    }

    @Test
    void shouldShowARunAsItGoesOnAndEnds() {
        open();
        assertThat(page.locator(".last")).hasText("not run yet");
        cron.running(begun(1, Duration.ofSeconds(75)));
        assertThat(page.locator(".coming .running")).containsText("running for 1 min");
        assertThat(page.locator("svg .running")).hasCount(1);
        cron.jobs(List.of(BACKUP), Instant.now().plusSeconds(100));
        events.accept(SampleCron.ended(begun(1, Duration.ofSeconds(75)), 3, Duration.ofSeconds(74)));
        assertThat(page.locator(".last .failure")).hasText("\u2717 failed: exited 3");
        assertThat(page.locator("svg rect.failure")).hasCount(1);
        assertThat(page.locator("[data-show=failed]")).hasText("failed 1");
        for (int number = 2; number < 50; number++) {
            events.accept(SampleCron.ended(begun(number, Duration.ZERO), 0, Duration.ofMillis(number)));
        }
        assertThat(page.locator("svg rect.success")).hasCount(20);
        assertThat(page.locator(".last")).containsText("took 49 ms");
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldShowOutputAndFactsOfTheEntryThatIsOpened() {
        output(begun(1, Duration.ZERO), Channel.STDOUT, "copying \u001b[32mall\u001b[0m");
        output(begun(1, Duration.ZERO), Channel.STDERR, "no space left");
        open().locator(".head").press("Enter");
        assertThat(page.locator(".lines")).hasText("[1] copying all\n[1] no space left\n");
        assertThat(page.locator(".lines .stderr")).hasText("no space left");
        assertThat(page.locator(".detail")).containsText("Europe/Berlin");
        output(begun(1, Duration.ZERO), Channel.STDOUT, "another one");
        assertThat(page.locator(".lines")).containsText("another one");
        assertThat(page.locator(".head")).isFocused();
        page.locator(".head").press("Enter");
        assertThat(page.locator(".detail")).hasCount(0);
    }

    @Test
    void shouldTakeEveryTextAsText() {
        String markup = "<script>alert('a')</script><img src=x onerror=\"alert('b')\">";
        Job hostile = SampleCron.job(0, markup, "* * * * *", markup + "'\"><svg onload=alert(1)>");
        cron.jobs(List.of(hostile), Instant.now());
        Run run = SampleCron.run(hostile, 1, Instant.now());
        events.accept(new CronEvent.RunNotStarted(run, markup, 127));
        output(run, Channel.STDOUT, markup);
        output(run, Channel.STDERR, "</pre></script>" + markup);
        open().locator(".head").click();
        assertThat(page.locator(".name")).hasText(markup);
        assertThat(page.locator(".lines")).containsText("</pre></script>" + markup);
        assertThat(page.locator("img, main script, [onerror], [onload]")).hasCount(0);
        assertThat(page.locator("script")).hasCount(1);
        assertThat(page.locator("svg title")).containsText("run 1, ");
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldAskNobodyElse() {
        context.route(url -> !url.startsWith(origin()), route -> route.abort());
        events.accept(SampleCron.ended(begun(1, Duration.ZERO), 0, Duration.ofMillis(5)));
        open();
        page.waitForCondition(() -> answered.size() >= 3);
        assertThat(asked).allMatch(url -> url.startsWith(origin()) || url.startsWith("data:"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldTransferNothingWhileNothingChanges() {
        open();
        page.waitForCondition(() -> answered.size() >= 4);
        assertThat(answered.get(0)).isEqualTo(200);
        assertThat(answered.subList(1, answered.size())).containsOnly(304);
    }

    @Test
    void shouldRestWhileNobodyLooks() {
        page.addInitScript("""
                window.away = false;
                Object.defineProperty(document, 'hidden', { get: () => window.away });
                window.look = away => {
                  window.away = away;
                  document.dispatchEvent(new Event('visibilitychange'));
                };
                """);
        open();
        page.evaluate("look(true)");
        page.waitForTimeout(300);
        int before = answered.size();
        page.waitForTimeout(3000);
        assertThat(answered).hasSize(before);
        page.evaluate("look(false)");
        page.waitForCondition(() -> answered.size() > before);
    }

    @Test
    void shouldSayThatThereIsNoAnswerAndGoOnWhenThereIsOne() {
        open();
        cron.answers(false);
        assertThat(page.locator("#problem")).containsText("the scheduler's thread has not answered for 7 s");
        assertThat(page.locator("#state")).hasText("no answer");
        assertThat(page.locator(".entry")).hasCount(1);
        cron.answers(true);
        assertThat(page.locator("#problem")).isHidden();
        assertThat(page.locator("#state")).hasText("on schedule");
        cron.ready(false);
        assertThat(page.locator("#state")).hasText("not firing");
        listener.close();
        assertThat(page.locator("#problem")).containsText("No answer from pidone for");
    }

    /** Some hundred elements for each of fifty entries, however many there are. */
    @Test
    void shouldShowTenThousandEntriesInParts() {
        List<Job> jobs = IntStream.range(0, 10_000)
                .mapToObj(i -> SampleCron.job(i, "job-" + i, "*/5 * * * *", "run tenant " + i)).toList();
        cron.jobs(jobs, Instant.now().plusSeconds(5));
        events.accept(SampleCron.loaded(false, "* * * * * true\n".repeat(jobs.size())));
        for (Job job : jobs) {
            for (int number = 1; number <= 20; number++) {
                events.accept(SampleCron.ended(SampleCron.run(job, number, Instant.now()), number % 7 == 0 ? 1 : 0,
                        Duration.ofMillis(number * 10)));
            }
        }
        long beganNanos = System.nanoTime();
        open();
        assertThat(page.locator(".entry")).hasCount(50);
        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(Duration.ofSeconds(5));
        assertThat((Integer) page.evaluate("document.querySelectorAll('*').length")).isLessThan(10_000);
        assertThat(page.locator("#place")).hasText("1 to 50 of 10,000");
        page.locator("#on").click();
        assertThat(page.locator(".name").first()).hasText("job-50");
        page.locator("#filter").fill("TENANT 777");
        assertThat(page.locator(".entry")).hasCount(11);
        assertThat(page.locator(".name").first()).hasText("job-777");
        assertThat(page.locator("nav")).isHidden();
        page.reload();
        assertThat(page.locator(".entry")).hasCount(11);
        page.locator("#filter").fill("");
        page.locator("#sort").selectOption("name");
        assertThat(page.locator(".name").nth(1)).hasText("job-1");
        assertThat(page.locator(".name").nth(2)).hasText("job-10");
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldFitAPhone() {
        events.accept(SampleCron.ended(begun(1, Duration.ZERO), 0, Duration.ofMillis(5)));
        page.setViewportSize(360, 700);
        open().locator(".head").click();
        assertThat(page.locator(".detail")).isVisible();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isTrue();
    }

    @Test
    void shouldBeDarkWhereThatIsLiked() {
        String background = "getComputedStyle(document.body).backgroundColor";
        open();
        assertThat(page.evaluate(background)).isEqualTo("rgb(255, 255, 255)");
        try (BrowserContext dark = browser.open(ColorScheme.DARK, WIDTH, HEIGHT)) {
            Page darkPage = dark.newPage();
            darkPage.navigate(origin() + "/");
            assertThat(darkPage.evaluate(background)).isEqualTo("rgb(19, 22, 25)");
        }
    }
}
