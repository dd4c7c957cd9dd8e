/**
 * The other LogCasters that this one asks: {@link io.logcaster.nodes.Nodes} knows their addresses
 * and calls them, for the features that merge what they answer.
 */
@NullMarked
package io.logcaster.nodes;

import org.jspecify.annotations.NullMarked;
