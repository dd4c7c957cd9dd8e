/**
 * The client for programs that send their logs themselves: {@link
 * io.logcaster.client.LogCasterClient}.
 *
 * <p>This package is a jar of its own ({@code logcaster-client.jar}) for Java 17 and later, and
 * uses nothing but the JDK.
 */
@NullMarked
package io.logcaster.client;

import org.jspecify.annotations.NullMarked;
