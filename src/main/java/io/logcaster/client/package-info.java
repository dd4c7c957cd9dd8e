/**
 * The client for programs that send their own logs: {@link io.logcaster.client.LogCasterClient}.
 * Add new settings to the builder and to {@code ClientOptions}.
 *
 * <p>This package is published as a separate jar ({@code logcaster-client.jar}) for Java 17 and
 * later, and depends only on the JDK.
 */
@NullMarked
package io.logcaster.client;

import org.jspecify.annotations.NullMarked;
