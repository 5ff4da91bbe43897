/** Cron expressions: their grammar, their fire times in a time zone, and what they say in words. */
package io.pidone.cron.expression;
