/**
 * The portable implementation of the ports, on jnr-posix and jnr-ffi: for a developer's macOS and for a libc that lacks
 * what the direct one needs. What a platform cannot do is an {@link java.lang.UnsupportedOperationException}.
 */
package io.pidone.process.posix;
