/** Crontab files: what it costs to read them. */
package io.pidone.benchmarks.cron.crontab;
