package io.pidone.cli.sentry;

import io.pidone.cli.supercronic.ErrorReports;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import java.util.Map;

/** Errors as events of Sentry. For one thread. */
public final class SentrySink implements ErrorReports {

    /** For everything at the end: connecting, sending, answering. */
    private static final long FLUSH_MS = 1_500;
    private static final int CONNECT_MS = 5_000;

    /**
     * Begins.
     *
     * @param origin {@code environment} and {@code release}, empty where unknown
     * @throws IllegalArgumentException if the DSN is none
     */
    public SentrySink(String dsn, Map<String, String> origin) {
        SentryOptions options = new SentryOptions();
        options.setDsn(dsn);
        options.setEnvironment(origin.get("environment").isEmpty() ? null : origin.get("environment"));
        options.setRelease(origin.get("release").isEmpty() ? null : origin.get("release"));
        options.setLogger(null);
        options.setEnableExternalConfiguration(false);
        options.setEnableUncaughtExceptionHandler(false);
        options.setEnableShutdownHook(false);
        options.setEnableAutoSessionTracking(false);
        options.setEnableDeduplication(false);
        options.setSendModules(false);
        options.setSendClientReports(false);
        options.setConnectionTimeoutMillis(CONNECT_MS);
        options.setReadTimeoutMillis(CONNECT_MS);
        options.setFlushTimeoutMillis(FLUSH_MS);
        options.setShutdownTimeoutMillis(FLUSH_MS);
        Sentry.init(options);
    }

    @Override
    public void report(boolean fatal, String message, Map<String, Object> fields) {
        SentryEvent event = new SentryEvent();
        event.setLevel(fatal ? SentryLevel.FATAL : SentryLevel.ERROR);
        event.setLogger("supercronic");
        Message text = new Message();
        text.setMessage(message);
        text.setFormatted(message);
        event.setMessage(text);
        fields.forEach(event::setExtra);
        Sentry.captureEvent(event);
    }

    @Override
    public void close() {
        Sentry.flush(FLUSH_MS);
        Sentry.close();
    }
}
