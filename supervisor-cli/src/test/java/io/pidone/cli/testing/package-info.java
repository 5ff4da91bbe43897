/** The harness of the black-box tests: an init as PID 1 of its own namespace, seen from outside. */
package io.pidone.cli.testing;
