package io.pidone.cli.listen;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's chromium, without a window; nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    Browser() {
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of(
                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox")));
    }

    /** A fresh profile, in one colour scheme, with a window of this size. */
    BrowserContext open(ColorScheme scheme, int width, int height) {
        return browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setColorScheme(scheme)
                .setViewportSize(width, height).setLocale("en-GB").setTimezoneId("Europe/Berlin"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
