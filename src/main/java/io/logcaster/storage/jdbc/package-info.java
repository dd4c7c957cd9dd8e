/**
 * The store in an SQL database, one row a record: for those who want to read their logs with SQL,
 * or who have few of them.
 */
@NullMarked
package io.logcaster.storage.jdbc;

import org.jspecify.annotations.NullMarked;
