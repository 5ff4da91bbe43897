/** What a running cron shows over HTTP: metrics, health, and a page for people. */
package io.pidone.cli.listen;
