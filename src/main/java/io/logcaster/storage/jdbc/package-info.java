/**
 * The store in an SQL database, one row a batch: for those who have a database to keep their logs
 * in, and few of them.
 */
@NullMarked
package io.logcaster.storage.jdbc;

import org.jspecify.annotations.NullMarked;
