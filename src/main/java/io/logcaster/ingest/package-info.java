/**
 * Where records come in. This package holds what all inputs share: the {@link
 * io.logcaster.ingest.Input} and {@link io.logcaster.ingest.Session} seams, the {@link
 * io.logcaster.ingest.RecordWriter} that decoders fill, the hand-over of batches, bounded execution
 * and memory, and times and levels as senders spell them. The packages below hold the protocols.
 *
 * <p>Where to add
 *
 * <ul>
 *   <li>an input, such as a new transport: a package below with an {@code Input}, registered in
 *       {@code ingest.listen} or, for HTTP, in {@code ingest.http};
 *   <li>a protocol over TCP whose frames are acknowledged: a {@link
 *       io.logcaster.ingest.AcknowledgingSession} in a package of its own, a constant of {@link
 *       io.logcaster.ingest.Protocol}, and a branch in {@code ingest.tcp.Detection};
 *   <li>a protocol of text: {@code ingest.text.TextProtocol};
 *   <li>a form of time: {@code TimeText} or {@code EpochTimes}; a name of a time zone: {@code
 *       ZoneNames}; a spelling of a level: {@code LevelScale}.
 * </ul>
 */
@NullMarked
package io.logcaster.ingest;

import org.jspecify.annotations.NullMarked;
