package io.pidone.cli.cron;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The environment twins of options: {@code PIDONE_GRACE_PERIOD} for {@code --grace-period}. The command line wins. */
final class Twins implements IDefaultValueProvider {

    private final Map<String, String> environment;

    Twins(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp()) {
            return null;
        }
        String value = environment.get(variable(option));
        if (value == null || option.arity().max() > 0) {
            return value;
        }
        return switch (value) {
            case "1", "yes" -> "true";
            case "0", "no", "" -> "false";
            default -> value;
        };
    }

    static String variable(OptionSpec option) {
        return "PIDONE_" + option.longestName().replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
