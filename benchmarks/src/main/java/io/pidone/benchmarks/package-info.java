/** Runs the benchmarks of pidone and keeps what they showed, with the machine it was seen on. */
package io.pidone.benchmarks;
