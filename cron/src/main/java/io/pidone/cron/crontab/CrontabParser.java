package io.pidone.cron.crontab;

import io.pidone.cron.expression.CronExpression;
import io.pidone.cron.expression.Dialect;
import io.pidone.cron.schedule.EntrySettings;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the text of one crontab, line by line, and goes on after an error to find the others. */
final class CrontabParser {

    /** More errors, or warnings, of one file are not told one by one. */
    static final int MOST_DIAGNOSTICS = 10_000;

    /** Some 100 MiB: far above real crontabs, and a made-up one cannot exhaust the heap. */
    private static final long MOST_COPIED_VARIABLES = 2_000_000;
    private static final String LOCAL = "Local";
    private static final String CRON_TZ = "CRON_TZ";

    private final String file;
    private final CrontabSyntax syntax;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final Map<String, Integer> lineOfName = new HashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    /** A copy of the variables, shared by entries until one changes. */
    private Map<String, String> environment = Map.of();
    private boolean environmentIsCurrent = true;
    private long copiedVariables;
    private Optional<ZoneId> zone = Optional.empty();
    private EntrySettings settings;
    private Optional<String> nextName = Optional.empty();
    private int line;

    CrontabParser(String file, CrontabSyntax syntax) {
        this.file = file;
        this.syntax = syntax;
        this.settings = syntax.defaults();
    }

    Crontab parse(String text) {
        boolean mark = syntax.dialect() != Dialect.SUPERCRONIC && text.startsWith("\ufeff");
        int from = mark ? 1 : 0;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            int end = newline < 0 ? text.length() : newline;
            boolean carriageReturn = end > from && text.charAt(end - 1) == '\r';
            line++;
            parseLine(text.substring(from, carriageReturn ? end - 1 : end));
            from = end + 1;
        }
        nextName.ifPresent(n -> warn(0, "PIDONE_NAME=" + n + " names no entry; put it above one"));
        List<Entry> all = syntax.dialect() == Dialect.SUPERCRONIC ? entries.stream().map(this::withLastValues).toList()
                : List.copyOf(entries);
        return new Crontab(all, environment(), zone, List.copyOf(warnings));
    }

    /** The errors found, in the order of lines. */
    List<Diagnostic> errors() {
        return errors;
    }

    /** supercronic applies all assignments of a file to all of its entries. */
    private Entry withLastValues(Entry entry) {
        return new Entry(entry.file(), entry.line(), entry.position(), entry.name(), entry.schedule(), zone,
                entry.user(), entry.command(), entry.input(), environment(), entry.settings());
    }

    private void parseLine(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        if (start == text.length() || text.charAt(start) == '#') {
            return;
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            fail(nul + 1, "a NUL character; no command or variable can hold one, remove it");
            return;
        }
        Optional<Assignment> assignment = Assignment.parse(text, start, syntax.dialect());
        if (assignment.isPresent()) {
            assign(assignment.get(), start + 1);
        } else if (text.startsWith("export ", start)) {
            fail(start + 1, "a crontab has no export; write NAME=value alone, it reaches the command");
        } else {
            parseEntry(text, start);
        }
    }

    private void assign(Assignment assignment, int column) {
        String name = assignment.name();
        int valueColumn = assignment.valueOffset() + 1;
        if (syntax.dialect() != Dialect.SUPERCRONIC && !assignment.hasUsualName()) {
            fail(column, "a variable's name has letters, digits and underscores and no digit first");
        } else if (name.equals(SettingVariable.NAME)) {
            nameNextEntry(assignment.value().strip(), valueColumn);
        } else if (name.startsWith(SettingVariable.PREFIX)) {
            changeSetting(assignment, column);
        } else {
            if (name.equals("MAILTO") && !assignment.value().isEmpty() && syntax.dialect() != Dialect.SUPERCRONIC) {
                warn(column, "MAILTO has no effect: output goes to the log, and no mail is sent");
            }
            if (name.equals(CRON_TZ)) {
                changeZone(assignment.value(), valueColumn);
            }
            variables.put(name, assignment.value());
            environmentIsCurrent = false;
        }
    }

    private Map<String, String> environment() {
        if (!environmentIsCurrent) {
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
            environmentIsCurrent = true;
            copiedVariables += variables.size();
        }
        return environment;
    }

    private void nameNextEntry(String name, int column) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            fail(column, "a name has no control characters");
            return;
        }
        Integer earlier = lineOfName.putIfAbsent(name, line);
        if (earlier != null && !name.isEmpty()) {
            fail(column, "the name " + shown(name) + " is taken by line " + earlier + "; give each entry its own");
            return;
        }
        nextName = Optional.of(name).filter(n -> !n.isEmpty());
    }

    private void changeSetting(Assignment assignment, int column) {
        Optional<SettingVariable> variable = SettingVariable.named(assignment.name());
        String value = assignment.value().strip();
        if (variable.isEmpty()) {
            fail(column, shown(assignment.name()) + " is not a setting; give one of " + SettingVariable.names());
        } else if (value.isEmpty()) {
            settings = variable.get().reset(settings, syntax.defaults());
        } else {
            Optional<EntrySettings> changed = variable.get().apply(settings, value);
            changed.ifPresentOrElse(s -> settings = s, () -> fail(assignment.valueOffset() + 1, assignment.name()
                    + " cannot be " + shown(value) + "; give " + variable.get().wanted()));
        }
    }

    private void changeZone(String name, int column) {
        Optional<ZoneId> found = ZoneName.parse(name);
        boolean reset = name.isEmpty() && syntax.dialect() != Dialect.SUPERCRONIC;
        if (name.equals(LOCAL) || reset) {
            zone = Optional.empty();
        } else if (found.isPresent()) {
            zone = found;
        } else {
            fail(column, "there is no time zone " + shown(name) + "; give a name such as Europe/Berlin or UTC");
        }
    }

    private void parseEntry(String text, int start) {
        Optional<EntryLine> split;
        try {
            split = Optional.of(EntryLine.split(text, start, syntax));
        } catch (EntryLine.Malformed e) {
            fail(e.column(), e.getMessage());
            split = Optional.empty();
        }
        split.ifPresent(this::addEntry);
        nextName = Optional.empty();
    }

    private void addEntry(EntryLine parts) {
        CronExpression schedule = parts.schedule();
        if (schedule.neverFires()) {
            warn(parts.scheduleOffset() + 1, "the entry never fires: " + shown(schedule.text())
                    + " names no day that exists");
        }
        String command = parts.command();
        if (!syntax.userColumn() && command.startsWith("root ") && syntax.dialect() != Dialect.SUPERCRONIC) {
            warn(0, "the command begins with 'root'; if that is a user, as in /etc/crontab, give --user-column");
        }
        Optional<String> input = Optional.empty();
        if (syntax.percent()) {
            int percent = firstPercent(command);
            input = percent < 0 ? input : Optional.of(withNewlines(command.substring(percent + 1)) + "\n");
            command = withNewlines(percent < 0 ? command : command.substring(0, percent));
        }
        Map<String, String> held = syntax.dialect() == Dialect.SUPERCRONIC ? Map.of() : environment();
        if (copiedVariables > MOST_COPIED_VARIABLES) {
            fail(parts.scheduleOffset() + 1, "too many variables are changed between entries");
            return;
        }
        entries.add(new Entry(file, line, entries.size(), nextName, schedule, zone, parts.user(), command, input, held,
                settings));
    }

    private static int firstPercent(String command) {
        int at = command.indexOf('%');
        while (at > 0 && command.charAt(at - 1) == '\\') {
            at = command.indexOf('%', at + 1);
        }
        return at;
    }

    private static String withNewlines(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '%';
            if (escaped) {
                i++;
            }
            out.append(escaped ? '%' : c == '%' ? '\n' : c);
        }
        return out.toString();
    }

    static String shown(String text) {
        String shortened = text.length() <= 40 ? text : text.substring(0, 40) + "...";
        return "'" + shortened.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    private void fail(int column, String message) {
        add(errors, column, message);
    }

    private void warn(int column, String message) {
        add(warnings, column, message);
    }

    private void add(List<Diagnostic> diagnostics, int column, String message) {
        if (diagnostics.size() < MOST_DIAGNOSTICS) {
            diagnostics.add(new Diagnostic(file, line, column, message));
        } else if (diagnostics.size() == MOST_DIAGNOSTICS) {
            diagnostics.add(new Diagnostic(file, line, 0, "and more like these, from here to the end of the file"));
        }
    }
}
