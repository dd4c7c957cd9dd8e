/**
 * The canary: numbered records that the server sends itself through each open input, over real
 * sockets, and then finds by a query. It proves that the whole way from socket to search works, and
 * measures how long it takes.
 */
@NullMarked
package io.logcaster.canary;

import org.jspecify.annotations.NullMarked;
