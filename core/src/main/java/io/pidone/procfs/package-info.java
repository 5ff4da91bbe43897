/** Readers of /proc and the cgroup mounts under an injected root. */
package io.pidone.procfs;
