/**
 * Reads the text of a query: lexer and recursive-descent parser, with errors that name the place.
 */
@NullMarked
package io.logcaster.query.lang;

import org.jspecify.annotations.NullMarked;
