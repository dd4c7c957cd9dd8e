/**
 * The live tail: shows subscribers the records that pass their filter as they are stored, and tells
 * a subscriber that is too slow how many it missed instead of slowing anybody else.
 */
@NullMarked
package io.logcaster.tail;

import org.jspecify.annotations.NullMarked;
