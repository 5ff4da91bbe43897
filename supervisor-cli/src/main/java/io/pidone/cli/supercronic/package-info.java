/** supercronic by its own name: its flags, exit codes, messages and formats over pidone's cron. */
package io.pidone.cli.supercronic;
