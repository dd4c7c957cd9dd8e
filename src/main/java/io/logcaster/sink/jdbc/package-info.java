/**
 * The sink {@code jdbc}: records as rows of a table in PostgreSQL or H2. A new database is a
 * constant of {@code Dialect}.
 */
@NullMarked
package io.logcaster.sink.jdbc;

import org.jspecify.annotations.NullMarked;
