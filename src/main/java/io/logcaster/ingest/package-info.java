/**
 * Receives records. This package holds what all inputs share: the {@link io.logcaster.ingest.Input}
 * and {@link io.logcaster.ingest.Session} interfaces, the {@link io.logcaster.ingest.RecordWriter}
 * that decoders write to, the submission of batches, bounded execution and memory, and the parsing
 * of times and levels. The sub-packages hold the protocols.
 *
 * <p>Where to add
 *
 * <ul>
 *   <li>an input, such as a new transport: a sub-package with an {@code Input}, registered in
 *       {@code ingest.listen} or, for HTTP, in {@code ingest.http};
 *   <li>a protocol over TCP whose frames are acknowledged: a {@link
 *       io.logcaster.ingest.AcknowledgingSession} in a package of its own, a constant of {@link
 *       io.logcaster.ingest.Protocol}, and a branch in {@code ingest.tcp.Detection};
 *   <li>a protocol of text: {@code ingest.text.TextProtocol};
 *   <li>a time format: {@code TimeText} or {@code EpochTimes}; a name of a time zone: {@code
 *       ZoneNames}; a spelling of a level: {@code LevelScale}.
 * </ul>
 */
@NullMarked
package io.logcaster.ingest;

import org.jspecify.annotations.NullMarked;
