package io.pidone.cli.cron;

import java.io.IOException;

/** What {@code pidone cron} can do, its options already set. */
interface Subcommand {

    /**
     * Does it.
     *
     * @return the exit code
     * @throws IOException if what it reads or writes fails
     */
    int run(Surroundings around) throws IOException;
}
