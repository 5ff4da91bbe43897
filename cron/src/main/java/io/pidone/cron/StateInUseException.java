package io.pidone.cron;

import java.io.IOException;
import java.nio.file.Path;

/** Another process keeps its state in the directory. */
public final class StateInUseException extends IOException {

    StateInUseException(Path directory) {
        super("the state directory " + directory + " is in use by another process; give each one its own");
    }
}
