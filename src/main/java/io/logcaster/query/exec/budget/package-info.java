/**
 * What a query may use, and what it has used: memory, time, its turn on the processors, and the
 * counts of what its scans read. Look here for "why was this query stopped?".
 */
@NullMarked
package io.logcaster.query.exec.budget;

import org.jspecify.annotations.NullMarked;
