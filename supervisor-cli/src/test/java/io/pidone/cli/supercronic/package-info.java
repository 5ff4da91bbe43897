/** Tests of supercronic's flags, texts and formats. */
package io.pidone.cli.supercronic;
