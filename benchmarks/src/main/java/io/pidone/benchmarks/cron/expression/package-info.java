/**
 * Cron expressions beside those of other libraries.
 *
 * <p>The packages below {@code io.pidone.benchmarks} are named after those that they measure, but are not the same: a
 * package in two jars is one that no module can read, and a benchmark is to see what any user sees.
 */
package io.pidone.benchmarks.cron.expression;
