/**
 * The client for programs that send their own logs: {@link io.logcaster.client.LogCasterClient}. A
 * new setting goes into the builder and {@code ClientOptions}.
 *
 * <p>This package is a jar of its own ({@code logcaster-client.jar}) for Java 17 and later, and
 * uses nothing but the JDK.
 */
@NullMarked
package io.logcaster.client;

import org.jspecify.annotations.NullMarked;
