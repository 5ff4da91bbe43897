package io.pidone.cli;

import io.pidone.cli.applet.DumbInitCommand;
import io.pidone.cli.applet.TiniCommand;
import io.pidone.cli.cron.CronCommand;
import io.pidone.cli.init.InitCommand;
import io.pidone.cli.init.Launch;
import io.pidone.cli.supercronic.SupercronicCommand;
import java.util.List;

/** Opens the system, finds out who is called, calls it, and ends with its exit code. */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        Launch launch = Launch.open(args);
        int code = run(launch);
        // Not exit: there are no hooks, and what they would cost comes after the command's own end.
        Runtime.getRuntime().halt(code);
    }

    private static int run(Launch launch) {
        List<String> arguments = launch.arguments();
        String name = launch.name();
        if (name.equals("pidone") && !arguments.isEmpty() && isCommand(arguments.get(0))) {
            name = arguments.get(0);
            arguments = arguments.subList(1, arguments.size());
        }
        return switch (name) {
            case "tini", "docker-init" -> new TiniCommand(launch, name).run(arguments);
            case "dumb-init" -> new DumbInitCommand(launch).run(arguments);
            case "supercronic" -> new SupercronicCommand(launch).run(arguments);
            case "cron" -> CronCommand.of(launch).run(arguments);
            default -> new InitCommand(launch).run(arguments);
        };
    }

    private static boolean isCommand(String word) {
        return switch (word) {
            case "init", "tini", "docker-init", "dumb-init", "supercronic", "cron" -> true;
            default -> false;
        };
    }
}
