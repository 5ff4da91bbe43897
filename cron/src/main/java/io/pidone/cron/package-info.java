/** Crontabs that run: their entries as jobs of a scheduler, whose commands are reaped and whose output is pumped. */
package io.pidone.cron;
