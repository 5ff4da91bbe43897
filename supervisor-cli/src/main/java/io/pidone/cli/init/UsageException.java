package io.pidone.cli.init;

/** The command line is wrong; the message names the place and the remedy. */
public final class UsageException extends Exception {

    public UsageException(String message) {
        super(message);
    }
}
