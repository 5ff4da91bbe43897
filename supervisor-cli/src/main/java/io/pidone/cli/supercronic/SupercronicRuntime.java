package io.pidone.cli.supercronic;

import io.pidone.cli.init.Launch;
import io.pidone.cron.CronDaemon;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.DaemonPorts;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.schedule.History;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ClockWatch;
import io.pidone.procfs.ProcProcessTable;
import io.pidone.procfs.ProcessDetails;
import io.pidone.reaper.EventLoop;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A daemon bound to this process that talks as supercronic does. */
final class SupercronicRuntime {

    private static final Path PROC = Path.of("/proc");

    /** Jobs are never another user's, so that it does not matter who this process is. */
    private static final int UNKNOWN_USER = -1;

    private final Launch launch;
    private final EventLoop loop;
    private final CronDaemon daemon;

    SupercronicRuntime(Launch launch, SupercronicLog log, DaemonOptions options) {
        this.launch = launch;
        loop = launch.loop(log);
        RunningJobs running = new RunningJobs(loop, InstantSource.system(), log::stillRunning);
        EventSink both = new EventSink() {

            @Override
            public boolean wants(Event.Severity severity) {
                return true;
            }

            @Override
            public void accept(Event event) {
                log.accept(event);
                running.accept(event);
            }
        };
        DaemonPorts ports = new DaemonPorts(launch.system(), launch.pipes(), new ProcProcessTable(PROC),
                new ProcessDetails(PROC), UNKNOWN_USER);
        daemon = new CronDaemon(options, ports, loop, new CronDaemon.Parts(both, Optional.empty(), History.NONE,
                name -> Optional.empty()));
    }

    /** Runs until a signal stops it. */
    void run() throws CrontabException {
        daemon.load();
        watchClock();
        daemon.run(launch.pending());
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
}
