/** When jobs are run, and what happens when the clock jumps, a run overlaps, fails or does not end. */
package io.pidone.cron.schedule;
