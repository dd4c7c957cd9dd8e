/**
 * Parses the text of a query: a lexer and a recursive-descent parser, whose errors name line and
 * column. To add a pipe, add a case to {@code PipeParser}, which hands pipes with a longer grammar
 * to parsers of their own; a filter function, a case in {@code FunctionParser}; a stats function
 * needs nothing here, unless its arguments are of a new kind.
 */
@NullMarked
package io.logcaster.query.lang;

import org.jspecify.annotations.NullMarked;
