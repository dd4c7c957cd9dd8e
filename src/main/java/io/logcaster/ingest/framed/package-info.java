/**
 * LogCaster's own framed protocol: checksummed frames, each acknowledged when its records are
 * durable.
 *
 * <p>A sender that names itself and resumes has each of its frames stored exactly once, whatever
 * fails in between:
 *
 * <ol>
 *   <li>It connects and sends HELLO with its {@code client} name, 1 to 128 bytes that no other
 *       sender has, with {@code resume} true, and a {@code token} where the server asks for one. An
 *       older connection of the same name is ended, and the frames it brought are settled first.
 *   <li>The server answers with ACK: the sequence of the last frame of this client that is durable,
 *       0 where none is known. The answer comes before anything else.
 *   <li>The sender forgets the frames up to that sequence and sends those after it again, in their
 *       order and with the sequences they had. A sender that has no memory of its own goes on with
 *       the next sequence. It may send DATA right after HELLO without waiting for the answer only
 *       where it remembers its sequences.
 *   <li>A frame is stored as a whole or not at all. One whose sequence is not above the last stored
 *       one is acknowledged and not stored again (counted as {@code duplicate_frames}). The server
 *       remembers the 10,000 clients that delivered last, through restarts and crashes.
 * </ol>
 *
 * <p>A sender that names itself and does not resume is answered by ACK 0. What it sends again with
 * the sequences it had is not stored again either. Where the first frame of a connection has the
 * sequence 1 and is another one than that which the client's numbers began with, the sender counts
 * anew, and all is stored.
 *
 * <p>Sequences end with 2^32 - 1; a sender that gets there goes on under another name. Without
 * HELLO, or with one that has no {@code client}, frames are acknowledged the same way, but stored
 * each time they come.
 */
@NullMarked
package io.logcaster.ingest.framed;

import org.jspecify.annotations.NullMarked;
