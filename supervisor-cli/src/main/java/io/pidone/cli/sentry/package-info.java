/** The Sentry SDK behind {@link io.pidone.cli.supercronic.ErrorReports}; an archive of its own, see SentryLoader. */
package io.pidone.cli.sentry;
