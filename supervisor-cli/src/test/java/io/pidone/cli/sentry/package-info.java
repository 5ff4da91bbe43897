/** Tests of the reports to Sentry. */
package io.pidone.cli.sentry;
