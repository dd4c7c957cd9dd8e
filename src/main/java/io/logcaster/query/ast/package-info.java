/** The syntax tree of a query. Every node prints its canonical form; equal meanings print equal. */
@NullMarked
package io.logcaster.query.ast;

import org.jspecify.annotations.NullMarked;
