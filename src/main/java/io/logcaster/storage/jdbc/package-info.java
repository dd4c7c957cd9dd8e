/**
 * The storage in an SQL database, one row per batch, for teams that have few logs and want them in
 * an existing database. The SQL statements are in {@link io.logcaster.storage.jdbc.JdbcLogStorage},
 * the delivery marks in {@code DeliveryTable}.
 */
@NullMarked
package io.logcaster.storage.jdbc;

import org.jspecify.annotations.NullMarked;
