/** {@code pidone init}: options, wiring, output. On the way from exec to the first child: no library but jffi. */
package io.pidone.cli.init;
