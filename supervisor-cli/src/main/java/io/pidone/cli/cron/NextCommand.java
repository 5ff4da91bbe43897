package io.pidone.cli.cron;

import io.pidone.cron.crontab.Crontab;
import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.CronSyntaxException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pidone cron next}: the coming fire times of an expression or of the entries of crontabs. */
@Command(name = "next", sortOptions = false,
        customSynopsis = {
            "pidone cron next [OPTIONS] CRONTAB...",
            "       pidone cron next [OPTIONS] --expression EXPR",
            "       pidone cron next [--dialect NAME] --stdin"},
        description = "Prints coming fire times, one a line: ISO 8601 with offset, for a crontab also a tab and the "
                + "entry's name, earliest first. 'none': there is none.")
final class NextCommand implements Subcommand {

    @Parameters(paramLabel = "CRONTAB", arity = "0..*", description = "Files, or directories of them.")
    private List<String> files = new ArrayList<>();

    @Option(names = {"-e", "--expression"}, paramLabel = "EXPR", description = {
            "An expression, as in '30 2 * * MON-FRI' or @daily."})
    private String expression;

    @Option(names = "--stdin", description = {
            "Answer lines of zone TAB from TAB expression, each with one line: a time, 'none' or 'error: ...'."})
    private boolean stdin;

    @Option(names = {"-n", "--count"}, paramLabel = "N", converter = Values.OfCount.class, description = {
            "How many fire times, for a crontab of each entry; default 1."})
    private Integer count;

    @Option(names = "--from", paramLabel = "INSTANT", description = {
            "Fire times after this time, ISO 8601; without offset on the zone's clock; default: now."})
    private String from;

    @Option(names = "--timezone", paramLabel = "TZ", converter = Values.OfZone.class, description = {
            "The clock of what names none by CRON_TZ; default: the system's, or $TZ."})
    private ZoneId timezone;

    @Mixin
    private Reading reading;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public int run(Surroundings around) throws IOException {
        int sources = (files.isEmpty() ? 0 : 1) + (expression == null ? 0 : 1) + (stdin ? 1 : 0);
        if (sources != 1) {
            throw wrong("give one of CRONTAB..., --expression EXPR and --stdin, " + (sources == 0 ? "none is"
                    : "several are") + " there; see 'pidone cron next --help'");
        }
        if (reading.userColumn() && files.isEmpty()) {
            throw wrong("'--user-column' is for crontabs; leave it out");
        }
        around.endBySignals();
        if (stdin) {
            if (count != null || from != null || timezone != null) {
                throw wrong("'-n', '--from' and '--timezone' do not go with '--stdin'; each line has its own");
            }
            new Questions(reading.dialect()).answerAll(around.in(), around.out());
            return CronCommand.DONE;
        }
        ZoneId zone = timezone != null ? timezone : around.zone();
        FireTimeLines lines = new FireTimeLines(after(around, zone), count == null ? 1 : count, zone);
        return expression != null ? ofExpression(lines, around) : ofCrontab(lines, around);
    }

    private Instant after(Surroundings around, ZoneId zone) {
        return from == null ? around.clock().instant() : TimeText.parse(from, zone)
                .orElseThrow(() -> wrong("Invalid value for option '--from': " + TimeText.refusal(from)));
    }

    private int ofExpression(FireTimeLines lines, Surroundings around) throws IOException {
        CronExpression parsed;
        try {
            parsed = CronExpression.parse(expression, reading.dialect());
        } catch (CronSyntaxException e) {
            throw wrong("Invalid value for option '--expression': " + e.getMessage());
        }
        lines.write(parsed, around.out());
        return CronCommand.DONE;
    }

    private int ofCrontab(FireTimeLines lines, Surroundings around) throws IOException {
        Optional<Crontab> crontab = reading.read(files, around.err());
        if (crontab.isEmpty()) {
            return CronCommand.FAILED;
        }
        lines.write(crontab.get().entries(), around.out());
        return CronCommand.DONE;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
