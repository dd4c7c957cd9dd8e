/**
 * Compares the records of two sides: what is more or less frequent here than there. How are the
 * values of a field counted, and which difference is worth showing?
 */
@NullMarked
package io.logcaster.query.exec.compare;

import org.jspecify.annotations.NullMarked;
