package io.pidone.process;

/**
 * What a process and the children it waited for have used, see getrusage(2).
 *
 * @param userMicros CPU time in user mode, microseconds
 * @param systemMicros CPU time in the kernel, microseconds
 * @param maxRssKiB peak resident set of the largest of them, KiB
 */
public record ResourceUsage(long userMicros, long systemMicros, long maxRssKiB) {
}
