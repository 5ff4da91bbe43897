/** What happened, as values, and who wants to know. */
package io.pidone.event;
