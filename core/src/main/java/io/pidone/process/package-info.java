/** Values and ports of the operating system's process model: no implementation, no dependency but the JDK. */
package io.pidone.process;
