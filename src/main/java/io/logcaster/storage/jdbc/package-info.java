/**
 * The store in an SQL database, one row a batch, for teams that want their logs in an existing
 * database and have few of them. Statements are in {@link
 * io.logcaster.storage.jdbc.JdbcLogStorage}, marks of deliveries in {@code DeliveryTable}.
 */
@NullMarked
package io.logcaster.storage.jdbc;

import org.jspecify.annotations.NullMarked;
