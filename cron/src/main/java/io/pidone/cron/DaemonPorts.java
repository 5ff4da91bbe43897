package io.pidone.cron;

import io.pidone.process.Pipes;
import io.pidone.process.ProcessSystem;
import io.pidone.process.ProcessTable;
import io.pidone.procfs.ProcessDetails;

/**
 * The ports that a daemon works with.
 *
 * @param user the effective user id of this process
 */
public record DaemonPorts(
        ProcessSystem system, Pipes pipes, ProcessTable table, ProcessDetails details, int user) {
}
