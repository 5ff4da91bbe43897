/** Tests of {@code pidone cron} without a process around it. */
package io.pidone.cli.cron;
