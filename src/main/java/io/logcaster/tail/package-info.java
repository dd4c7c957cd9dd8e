/**
 * The live tail: sends subscribers the records that pass their filter as they are stored. A
 * subscriber that is too slow misses records, and learns how many, instead of slowing down others.
 */
@NullMarked
package io.logcaster.tail;

import org.jspecify.annotations.NullMarked;
