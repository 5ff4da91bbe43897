/** The fast implementation of the process model's ports: direct calls of the C library and the kernel, Linux only. */
package io.pidone.process.linux;
