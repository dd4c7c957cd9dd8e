/**
 * How the text of a value reads: numbers with units, durations, addresses, and the one order of
 * values that sorting and comparing share.
 */
@NullMarked
package io.logcaster.query.value;

import org.jspecify.annotations.NullMarked;
