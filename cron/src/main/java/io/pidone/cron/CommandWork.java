package io.pidone.cron;

import io.pidone.cron.crontab.Entry;
import io.pidone.cron.schedule.Run;
import io.pidone.cron.schedule.Work;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A command of a crontab, run by its shell.
 *
 * @param commands who starts it
 * @param environment the crontab's variables
 */
record CommandWork(Commands commands, String shell, String command, Optional<String> input,
        Optional<String> user, Map<String, String> environment) implements Work {

    static CommandWork of(Entry entry, Commands commands) {
        return new CommandWork(commands, entry.shell(), entry.command(), entry.input(), entry.user(),
                entry.environment());
    }

    @Override
    public Running start(Run run, Consumer<Ended> ended) throws StartException {
        return commands.start(this, run, ended);
    }

    @Override
    public String description() {
        return command;
    }
}
