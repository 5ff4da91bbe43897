package io.pidone.cron;

import io.pidone.process.Credentials;

/**
 * A user whose commands are run, see passwd(5).
 *
 * @param name the login name
 * @param credentials ids and groups
 * @param home the home directory
 */
public record Account(String name, Credentials credentials, String home) {
}
