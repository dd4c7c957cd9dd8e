/**
 * Queries over several LogCasters: {@link io.logcaster.query.peer.NodePeers} asks the other nodes,
 * {@link io.logcaster.query.peer.AnswerStream} is what they send.
 */
@NullMarked
package io.logcaster.query.peer;

import org.jspecify.annotations.NullMarked;
