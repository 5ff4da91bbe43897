package io.pidone.cli.testing;

import java.util.List;

/**
 * How a command line ended, seen from outside.
 *
 * @param exitCode as a shell shows it: 128+n for a signal
 * @param stdout one character a byte (ISO 8859-1)
 * @param stderr one character a byte (ISO 8859-1)
 */
public record Outcome(int exitCode, String stdout, String stderr) {

    /** The lines of stdout. */
    public List<String> lines() {
        return stdout.lines().toList();
    }
}
