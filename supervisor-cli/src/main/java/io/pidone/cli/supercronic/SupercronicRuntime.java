package io.pidone.cli.supercronic;

import io.pidone.cli.init.Launch;
import io.pidone.cli.listen.ListenAddress;
import io.pidone.cli.listen.SupercronicListener;
import io.pidone.cron.CronDaemon;
import io.pidone.cron.CrontabWatch;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.DaemonPorts;
import io.pidone.cron.OutputPump;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.schedule.History;
import io.pidone.cron.schedule.OverdueRuns;
import io.pidone.event.Event;
import io.pidone.event.EventSink;
import io.pidone.process.ClockWatch;
import io.pidone.process.Signal;
import io.pidone.procfs.ProcProcessTable;
import io.pidone.procfs.ProcessDetails;
import io.pidone.reaper.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A daemon bound to this process that talks as supercronic does. */
final class SupercronicRuntime implements AutoCloseable {

    private static final Path PROC = Path.of("/proc");
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Jobs are never another user's, so that it does not matter who this process is. */
    private static final int UNKNOWN_USER = -1;

    private final ProcessDetails details = new ProcessDetails(PROC);
    private final Launch launch;
    private final DaemonOptions options;
    private final OutputPump pump;
    private final EventLoop loop;
    private final CronDaemon daemon;

    /**
     * What supercronic has besides.
     *
     * @param passthrough whether jobs write to the two streams themselves
     * @param listen where metrics are to be had
     */
    record Extras(boolean passthrough, Optional<ListenAddress> listen) {
    }

    /**
     * Binds a daemon to this process.
     *
     * @throws IOException if the address cannot be had
     */
    SupercronicRuntime(Launch launch, DaemonOptions options, SupercronicLog log, Extras extras) throws IOException {
        this.launch = launch;
        this.options = options;
        Optional<SupercronicListener> listener = Optional.empty();
        if (extras.listen().isPresent()) {
            listener = Optional.of(new SupercronicListener(extras.listen().get()));
        }
        pump = new OutputPump(launch.pipes(), launch.poller(), log, log);
        EventSink told = listener.map(there -> there.events(pump.events())).orElse(pump.events());
        loop = launch.loop(pump.events());
        DaemonPorts ports = new DaemonPorts(launch.system(), launch.pipes(), new ProcProcessTable(PROC), details,
                UNKNOWN_USER);
        EventSink overdue = new OverdueRuns(loop, InstantSource.system(), told);
        daemon = new CronDaemon(options, ports, loop, new CronDaemon.Parts(overdue,
                Optional.of(pump).filter(p -> !extras.passthrough()), History.NONE, name -> Optional.empty()));
    }

    /** Runs until a signal stops it. */
    void run(boolean watch) throws CrontabException {
        if (watch) {
            // Before the crontab is read, so that no change falls in between.
            CrontabWatch.start(options.files(), pump.events(), () -> loop.execute(this::reload));
        }
        serveSinceBegin();
        daemon.load();
        watchClock();
        daemon.run(launch.pending());
    }

    /** The runtime takes a part of a second to start, in which fire times may pass. */
    private void serveSinceBegin() {
        details.age(launch.system().self().value())
                .ifPresent(age -> daemon.scheduler().serveSince(InstantSource.system().instant().minus(age)));
    }

    /** supercronic sends itself this signal when the crontab has changed. */
    private void reload() {
        pump.events().accept(new Event.SignalReceived(Signal.USR2));
        daemon.reload();
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

    /** Gives the log some time to be read. */
    @Override
    public void close() {
        pump.flush(LAST_WORDS);
        pump.close();
    }
}
