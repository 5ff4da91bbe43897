package io.pidone.cli.supercronic;

import io.pidone.cli.supercronic.GoFlags.Malformed;
import io.pidone.cli.supercronic.SupercronicArguments.Sentry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The command line as Go's package flag reads it. */
class SupercronicArgumentsTest {

    private static SupercronicArguments parse(String... words) throws Malformed {
        return SupercronicArguments.parse(List.of(words), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-debug", "--debug", "-debug=true", "--debug=1", "-debug=T", "-debug=True"})
    void shouldTurnASwitchOn(String flag) throws Malformed {
        SupercronicArguments arguments = parse(flag, "crontab");
        assertThat(arguments.is("debug")).isTrue();
        assertThat(arguments.is("quiet")).isFalse();
        assertThat(arguments.words()).containsExactly("crontab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-debug=false", "--debug=0", "-debug=f", "-debug=FALSE"})
    void shouldTurnASwitchOff(String flag) throws Malformed {
        assertThat(parse("-debug", flag, "crontab").is("debug")).isFalse();
    }

    @Test
    void shouldLeaveTheWordBehindASwitchAlone() throws Malformed {
        assertThat(parse("-debug", "false").words()).containsExactly("false");
    }

    @Test
    void shouldTakeATextFromTheSameOrTheNextWord() throws Malformed {
        assertThat(parse("-prometheus-listen-address=::1", "c").listenAddress()).contains("::1");
        assertThat(parse("--prometheus-listen-address", "-x", "c").listenAddress()).contains("-x");
        assertThat(parse("-prometheus-listen-address=a=b", "c").listenAddress()).contains("a=b");
        assertThat(parse("-prometheus-listen-address=a", "-prometheus-listen-address=b", "c").listenAddress())
                .contains("b");
        assertThat(parse("-prometheus-listen-address=", "c").listenAddress()).isEmpty();
    }

    @Test
    void shouldEndFlagsAtTheFirstOtherWord() throws Malformed {
        assertThat(parse("-test", "crontab", "-debug").words()).containsExactly("crontab", "-debug");
        assertThat(parse("-test", "--", "-debug").words()).containsExactly("-debug");
        assertThat(parse("-", "-debug").words()).containsExactly("-", "-debug");
        assertThat(parse("", "-debug").words()).containsExactly("", "-debug");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-foo | flag provided but not defined: -foo",
        "--foo=1 | flag provided but not defined: -foo",
        "-d | flag provided but not defined: -d",
        "---debug | bad flag syntax: ---debug",
        "-=x | bad flag syntax: -=x",
        "--=x | bad flag syntax: --=x",
        "-debug=maybe | invalid boolean value \"maybe\" for -debug: parse error",
        "-debug= | invalid boolean value \"\" for -debug: parse error",
        "-sentry-dsn | flag needs an argument: -sentry-dsn"})
    void shouldRefuseInGosWords(String flag, String message) {
        assertThatThrownBy(() -> parse(flag)).isInstanceOf(Malformed.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--h", "-help", "--help", "-help=x"})
    void shouldSeeThatHelpIsWanted(String flag) throws Malformed {
        assertThat(parse("-debug", flag, "-foo").flags().help()).isTrue();
    }

    @Test
    void shouldPreferFlagsToTheEnvironmentForSentry() throws Malformed {
        Map<String, String> environment = Map.of("SENTRY_DSN", "e", "SENTRY_ENVIRONMENT", "ee", "SENTRY_RELEASE", "er");
        assertThat(SupercronicArguments.parse(List.of("c"), environment).sentry())
                .contains(new Sentry("e", Optional.of("ee"), Optional.of("er")));
        List<String> words = List.of("-sentryDsn", "alias", "-sentry-environment=f", "-sentry-release", "r", "c");
        assertThat(SupercronicArguments.parse(words, environment).sentry())
                .contains(new Sentry("alias", Optional.of("f"), Optional.of("r")));
        assertThat(parse("-sentry-dsn", "dsn", "-sentryDsn=alias", "c").sentry())
                .contains(new Sentry("dsn", Optional.empty(), Optional.empty()));
        assertThat(SupercronicArguments.parse(List.of("-sentry-dsn=", "c"), Map.of("SENTRY_DSN", "")).sentry())
                .isEmpty();
    }

    @Test
    void shouldSayHowItIsUsed() {
        assertThat(SupercronicArguments.usage("supercronic"))
                .startsWith("Usage: supercronic [OPTIONS] CRONTAB\n\nAvailable options:\n"
                        + "  -debug\n    \tenable debug logging\n  -inotify\n    \tuse inotify to detect crontab")
                .contains("\n  -sentry-dsn string\n    \tenable Sentry error logging, using provided DSN\n")
                .endsWith("  -version\n    \tprint version and exit\n");
        assertThat(SupercronicArguments.help("./supercronic")).startsWith("Usage of ./supercronic:\n  -debug\n");
    }
}
