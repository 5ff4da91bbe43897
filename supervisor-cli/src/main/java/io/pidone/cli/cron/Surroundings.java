package io.pidone.cli.cron;

import io.pidone.cli.init.Launch;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a command has around it.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param clock the wall clock
 * @param zone the system's time zone
 * @param process this process's signals and ports; empty in a test that needs none
 */
record Surroundings(InputStream in, LineOutput out, LineOutput err, InstantSource clock, ZoneId zone,
        Optional<Launch> process) {

    /** Whoever computes or reads for long is ended by signals from now on. */
    void endBySignals() {
        process.ifPresent(launch -> Interruption.listen());
    }

    Launch launch() {
        return process.orElseThrow();
    }

    Map<String, String> environment() {
        return process.isPresent() ? System.getenv() : Map.of();
    }
}
