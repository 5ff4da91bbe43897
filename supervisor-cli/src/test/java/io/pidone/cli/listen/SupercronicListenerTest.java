package io.pidone.cli.listen;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.schedule.CronEvent;
import io.pidone.cron.schedule.EntrySettings;
import io.pidone.cron.schedule.Job;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.RunOutcome;
import io.pidone.cron.schedule.Work;
import io.pidone.event.EventSink;
import io.pidone.process.ExitStatus;
import io.pidone.process.ResourceUsage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

class SupercronicListenerTest {

    private static final String LABELS = "{command=\"exit 1\",position=\"2\",schedule=\"*/5 * * * *\"} ";

    private static final Job JOB = new Job("k", "k", "f:1", 2, CronExpression.parse("*/5 * * * *"), ZoneId.of("UTC"),
            new Work() {

                @Override
                public Running start(Run run, Consumer<Ended> ended) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public String description() {
                    return "exit 1";
                }
            }, EntrySettings.DEFAULT);

    private static String get(SupercronicListener listener, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + listener.address().getPort() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void shouldAnswerWithSupercronicsNamesAndLabels() throws IOException, InterruptedException {
        try (SupercronicListener listener = new SupercronicListener(new ListenAddress("localhost", 0))) {
            EventSink events = listener.events(SampleCron.NOBODY);
            for (int number = 1; number <= 3; number++) {
                Run run = new Run(JOB, number, 1, Instant.EPOCH, Instant.EPOCH);
                events.accept(new CronEvent.RunStarted(run, 7));
                if (number < 3) {
                    events.accept(new CronEvent.RunEnded(run, new RunOutcome(ExitStatus.exited(number - 1),
                            new ResourceUsage(0, 0, 0), Duration.ofSeconds(45), false, Optional.empty())));
                }
            }
            Run late = new Run(JOB, 3, 1, Instant.EPOCH, Instant.EPOCH);
            events.accept(new CronEvent.RunOverdue(late, Instant.EPOCH.plusSeconds(300)));
            events.accept(new CronEvent.RunOverdue(late, Instant.EPOCH.plusSeconds(600)));
            assertThat(get(listener, "/metrics").lines()).contains(
                    "# HELP supercronic_executions count of cron executions",
                    "# TYPE supercronic_executions counter",
                    "# TYPE supercronic_currently_running gauge",
                    "supercronic_executions" + LABELS + "2.0",
                    "supercronic_deadline_exceeded" + LABELS + "2.0",
                    "supercronic_successful_executions" + LABELS + "1.0",
                    "supercronic_failed_executions" + LABELS + "1.0",
                    "supercronic_currently_running" + LABELS + "1.0",
                    "supercronic_cron_execution_time_seconds_bucket{command=\"exit 1\",position=\"2\","
                            + "schedule=\"*/5 * * * *\",le=\"60.0\"} 2",
                    "supercronic_cron_execution_time_seconds_count" + LABELS + "2");
            assertThat(get(listener, "/health")).isEqualTo("OK");
            assertThat(get(listener, "/")).contains("<h1>Supercronic</h1>").isEqualTo(get(listener, "/any/other"));
        }
    }
}
