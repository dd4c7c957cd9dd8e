/**
 * Parses values: numbers with units, durations, addresses; and defines the order of values that
 * sorting and comparing share.
 */
@NullMarked
package io.logcaster.query.value;

import org.jspecify.annotations.NullMarked;
