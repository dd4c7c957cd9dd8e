/** Who may reach the server: the addresses its ports bind to, and the credentials asked for. */
@NullMarked
package io.logcaster.security;

import org.jspecify.annotations.NullMarked;
