package io.pidone.cli.cron;

import io.pidone.cli.init.Launch;
import io.pidone.cli.init.UserDatabase;
import io.pidone.cron.Account;
import io.pidone.cron.CronDaemon;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.DaemonPorts;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.schedule.History;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ClockWatch;
import io.pidone.process.Credentials;
import io.pidone.procfs.ProcProcessTable;
import io.pidone.procfs.ProcessDetails;
import io.pidone.reaper.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A daemon bound to this process: its signals, clock, files and streams. */
final class CronRuntime implements AutoCloseable {

    private static final Path PROC = Path.of("/proc");
    private static final int UNKNOWN_USER = -1;

    private final Launch launch;
    private final EventSink sink;
    private final EventLoop loop;
    private final CronDaemon daemon;

    CronRuntime(Launch launch, DaemonOptions options, Logging logging) {
        this.launch = launch;
        sink = new EventSink() {
            @Override
            public boolean wants(Event.Severity severity) {
                return severity.compareTo(logging.threshold()) <= 0;
            }

            @Override
            public void accept(Event event) {
                if (wants(event.severity())) {
                    System.err.println(event.name() + " " + event.fields() + ": " + event.message());
                }
            }
        };
        loop = launch.loop(sink);
        DaemonPorts ports = new DaemonPorts(launch.system(), launch.pipes(), new ProcProcessTable(PROC),
                new ProcessDetails(PROC), effectiveUser());
        UserDatabase users = new UserDatabase(launch::read);
        daemon = new CronDaemon(options, ports, loop, new CronDaemon.Parts(sink, Optional.empty(), History.NONE,
                name -> account(users, name)));
    }

    private static Optional<Account> account(UserDatabase users, String name) {
        Optional<Credentials> credentials = users.credentials(name);
        return credentials.map(found -> new Account(name, found, users.home(name)));
    }

    private static int effectiveUser() {
        try {
            return (Integer) Files.getAttribute(PROC.resolve("self"), "unix:uid");
        } catch (IOException e) {
            return UNKNOWN_USER;
        }
    }

    /** Runs until a signal stops it. */
    int run(boolean watch) throws CrontabException {
        adoptOrphans();
        daemon.load();
        watchClock();
        daemon.run(launch.pending());
        return CronCommand.DONE;
    }

    private void adoptOrphans() {
        if (!launch.isPidOne()) {
            launch.system().adoptOrphans(true);
        }
    }

    /** Runs one entry now and answers its exit code; empty if there is no entry of this name. */
    OptionalInt runOnce(String name) throws CrontabException {
        adoptOrphans();
        daemon.load();
        return names().contains(name) ? OptionalInt.of(daemon.runOnce(name, launch.pending())) : OptionalInt.empty();
    }

    /** The names of the entries. */
    List<String> names() {
        return daemon.scheduler().status().stream().map(status -> status.job().name()).toList();
    }

    private void watchClock() {
        ClockWatch watch = launch.clockWatch();
        Thread thread = new Thread(() -> {
            while (watch.await()) {
                loop.execute(daemon.scheduler()::clockChanged);
            }
        }, "clock");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
    }
}
