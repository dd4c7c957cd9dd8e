/**
 * Algorithms on the bytes of values: search, regular expressions, word boundaries, templates, JSON.
 * They know nothing of rows, filters or pipes. Look here for "how is text matched?".
 */
@NullMarked
package io.logcaster.query.exec.text;

import org.jspecify.annotations.NullMarked;
