/** Other inits by their own names: the options, exit codes and messages of tini and dumb-init. */
package io.pidone.cli.applet;
