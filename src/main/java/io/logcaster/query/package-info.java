/**
 * Asks the records: the query engine's face to the other features, its limits and its HTTP paths.
 */
@NullMarked
package io.logcaster.query;

import org.jspecify.annotations.NullMarked;
