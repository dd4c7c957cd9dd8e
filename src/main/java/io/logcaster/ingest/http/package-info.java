/**
 * Records that come by HTTP: LogCaster's own endpoint and those that the clients of other servers
 * use.
 *
 * <p>To add an endpoint, write a controller that calls {@code RequestReceiver} with a reader of its
 * body, and give its protocol an {@code HttpInput} in {@code HttpConfiguration}. The receiver
 * unpacks bodies, bounds their memory and hands in their records; {@code BodyBuffer} cuts them into
 * lines or objects.
 */
@NullMarked
package io.logcaster.ingest.http;

import org.jspecify.annotations.NullMarked;
