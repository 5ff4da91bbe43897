/** Readers of what the kernel tells in files: /proc under an injected root. */
package io.pidone.procfs;
