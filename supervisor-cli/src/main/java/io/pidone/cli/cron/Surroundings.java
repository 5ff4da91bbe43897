package io.pidone.cli.cron;

import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * What a command has around it.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param clock the wall clock
 * @param zone the system's time zone
 */
record Surroundings(InputStream in, LineOutput out, LineOutput err, InstantSource clock, ZoneId zone) {
}
