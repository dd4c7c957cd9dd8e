/**
 * Who sends: the hosts and apps that records come from, with their rhythm. Counted from each stored
 * batch, so that asking costs no search.
 */
@NullMarked
package io.logcaster.source;

import org.jspecify.annotations.NullMarked;
