/** Tests of what a cron shows over HTTP. */
package io.pidone.cli.listen;
