/** How late a scheduler of many jobs starts them. */
package io.pidone.benchmarks.cron.schedule;
