/** The pidone command: which subcommand or applet is meant, and the way to it. */
package io.pidone.cli;
