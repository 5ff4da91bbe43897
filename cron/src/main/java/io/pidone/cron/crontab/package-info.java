/** Crontab files: their syntax, and the entries, environment and settings that they hold. */
package io.pidone.cron.crontab;
