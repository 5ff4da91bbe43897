/** The policy of a PID 1 with one main child: forwarded signals, reaped orphans, an orderly stop, its exit code. */
package io.pidone.init;
