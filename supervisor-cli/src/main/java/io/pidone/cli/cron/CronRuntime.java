package io.pidone.cli.cron;

import io.pidone.cli.init.Launch;
import io.pidone.cli.init.UserDatabase;
import io.pidone.cli.listen.CronListener;
import io.pidone.cli.listen.ListenAddress;
import io.pidone.cli.listen.ListenBegun;
import io.pidone.cron.Account;
import io.pidone.cron.CronDaemon;
import io.pidone.cron.CrontabWatch;
import io.pidone.cron.DaemonOptions;
import io.pidone.cron.DaemonPorts;
import io.pidone.cron.OutputPump;
import io.pidone.cron.OutputSink;
import io.pidone.cron.StateFile;
import io.pidone.cron.crontab.CrontabException;
import io.pidone.cron.schedule.History;
import io.pidone.event.EventSink;
import io.pidone.process.ClockWatch;
import io.pidone.process.Credentials;
import io.pidone.process.NanoClock;
import io.pidone.process.Pipes;
import io.pidone.procfs.ProcProcessTable;
import io.pidone.procfs.ProcessDetails;
import io.pidone.reaper.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A daemon bound to this process: its signals, clock, files and streams. */
final class CronRuntime implements AutoCloseable {

    private static final Path PROC = Path.of("/proc");
    private static final int UNKNOWN_USER = -1;
    private static final int STDERR = 2;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Launch launch;
    private final DaemonOptions options;
    private final EventSink sink;
    private final OutputPump pump;
    private final EventLoop loop;
    private final Optional<StateFile> state;
    private final CronDaemon daemon;

    /**
     * What a daemon may have besides.
     *
     * @param state the directory in which runs are remembered
     * @param listen where to listen for HTTP
     */
    record Extras(Optional<Path> state, Optional<ListenAddress> listen) {

        static final Extras NONE = new Extras(Optional.empty(), Optional.empty());
    }

    /**
     * Binds a daemon to this process.
     *
     * @throws IOException if another process has the state, or the address cannot be had
     */
    CronRuntime(Launch launch, DaemonOptions options, Logging logging, Extras extras) throws IOException {
        this.launch = launch;
        this.options = options;
        Pipes pipes = launch.pipes();
        CronLog log = new CronLog((channel, bytes, length) -> pipes.write(channel.ordinal() + 1, bytes, length),
                logging.threshold(), style(logging, launch), InstantSource.system(), options.zone());
        LoopView view = new LoopView(NanoClock.system());
        Optional<CronListener> listener = extras.listen().isEmpty() ? Optional.empty()
                : Optional.of(listen(extras.listen().get(), view));
        List<OutputSink> outputs = new ArrayList<>(List.of(log));
        listener.ifPresent(there -> outputs.addAll(there.outputs()));
        Fanout all = new Fanout(List.of(log), outputs);
        pump = new OutputPump(pipes, launch.poller(), all, all);
        sink = listener.map(there -> there.events(pump.events())).orElse(pump.events());
        listener.ifPresent(there -> sink.accept(new ListenBegun(there.address())));
        loop = launch.loop(sink);
        state = extras.state().isPresent()
                ? Optional.of(StateFile.open(extras.state().get(), InstantSource.system().instant(), sink))
                : Optional.empty();
        DaemonPorts ports = new DaemonPorts(launch.system(), pipes, new ProcProcessTable(PROC),
                new ProcessDetails(PROC), effectiveUser());
        UserDatabase users = new UserDatabase(launch::read);
        daemon = new CronDaemon(options, ports, loop, new CronDaemon.Parts(sink,
                Optional.of(pump).filter(p -> !logging.passthrough()), state.map(History.class::cast)
                .orElse(History.NONE),
                name -> account(users, name)));
        view.show(loop, daemon.scheduler()::status, daemon::ready);
    }

    private static CronListener listen(ListenAddress address, LoopView view) throws IOException {
        try {
            return new CronListener(address, view, Launch.version());
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static CronLog.Style style(Logging logging, Launch launch) {
        String noColour = System.getenv("NO_COLOR");
        boolean coloured = launch.terminal().isTerminal(STDERR) && (noColour == null || noColour.isEmpty())
                && !"dumb".equals(System.getenv("TERM"));
        return logging.json() ? CronLog.Style.JSON : coloured ? CronLog.Style.COLOURED : CronLog.Style.TEXT;
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
        if (watch) {
            // Before the crontabs are read, so that no change falls in between.
            CrontabWatch.start(options.files(), sink, daemon::reload);
        }
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

    /** Gives the log some time to be read. */
    @Override
    public void close() {
        state.ifPresent(StateFile::close);
        pump.flush(LAST_WORDS);
        pump.close();
    }
}
