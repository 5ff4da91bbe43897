/** The event loop, whose events are signals, and the reaper that it drives. */
package io.pidone.reaper;
