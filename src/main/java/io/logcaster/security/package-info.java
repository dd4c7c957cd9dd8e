/** Who may reach the server: the addresses that its ports bind to, credentials, and TLS. */
@NullMarked
package io.logcaster.security;

import org.jspecify.annotations.NullMarked;
