package io.pidone.cli.supercronic;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings the Sentry SDK in, which lies on a class path of its own, {@code lib/sentry}: nobody else pays for it. The
 * class that uses it lies there too, so that it is defined by the loader that sees the SDK.
 */
final class SentryLoader {

    private static final String SINK = "io.pidone.cli.sentry.SentrySink";
    private static final String DIRECTORY = "sentry";

    /** Errors cannot be reported; the message says why. */
    static final class Unusable extends Exception {

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private SentryLoader() {
    }

    /** Reports to this place from now on. */
    static ErrorReports open(SupercronicArguments.Sentry sentry) throws Unusable {
        try {
            ErrorReports reports = (ErrorReports) Class.forName(SINK, true, loader())
                    .getConstructor(String.class, Map.class)
                    .newInstance(sentry.dsn(), Map.of("environment", sentry.environment().orElse(""),
                            "release", sentry.release().orElse("")));
            return new QueuedReports(reports);
        } catch (InvocationTargetException e) {
            throw new Unusable(String.valueOf(e.getCause().getMessage()), e);
        } catch (ReflectiveOperationException | IOException | URISyntaxException | LinkageError e) {
            throw new Unusable("its library is not in lib/sentry beside pidone's own: " + e, e);
        }
    }

    /** Beside the archive that this class is in. */
    private static ClassLoader loader() throws IOException, URISyntaxException {
        Path own = Path.of(SentryLoader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path directory = own.resolveSibling(DIRECTORY);
        ClassLoader parent = SentryLoader.class.getClassLoader();
        if (!Files.isDirectory(directory)) {
            return parent;
        }
        List<URL> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                archives.add(file.toUri().toURL());
            }
        }
        return new URLClassLoader(archives.toArray(URL[]::new), parent);
    }
}
