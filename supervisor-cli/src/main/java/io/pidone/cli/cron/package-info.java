/** The command {@code pidone cron}: coming fire times and checks of crontabs. */
package io.pidone.cli.cron;
