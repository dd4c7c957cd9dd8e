/**
 * LogCaster's own framed protocol: checksummed frames, each acknowledged when its records are
 * durable. {@code FrameFormat} specifies the bytes; a new type of frame is a branch in {@code
 * FramedSession}.
 *
 * <p>A sender that names itself and resumes has every frame stored exactly once, whatever fails in
 * between. The exception is a server that writes to Kafka instead of its own storage: it knows the
 * last frames only for as long as it runs, so that frames whose answer was on its way are stored
 * twice if the sender comes to another server, or to one that was restarted; none is lost.
 *
 * <ol>
 *   <li>It connects and sends HELLO with {@code resume} true, with its {@code client} name (1 to
 *       128 bytes, used by no other sender) and, where the server requires one, with a {@code
 *       token}. The server ends an older connection of the same name and first settles the frames
 *       that it brought.
 *   <li>The server answers with ACK and the sequence of the client's last durable frame, or 0 if it
 *       knows none. Nothing comes before this answer.
 *   <li>The sender forgets the frames up to that sequence and sends the later ones again, in the
 *       same order and with the same sequences. A sender without a memory of its own continues with
 *       the next sequence. Only a sender that remembers its sequences may send DATA right after
 *       HELLO, without waiting for the answer.
 *   <li>A frame is stored as a whole or not at all. A frame whose sequence is not above the last
 *       stored one is acknowledged and not stored again (counted as {@code duplicate_frames}). The
 *       server remembers the 10,000 clients that delivered last, across restarts and crashes.
 * </ol>
 *
 * <p>A sender that names itself and does not resume gets ACK 0. Frames that it repeats with their
 * sequences are not stored again either. If the first frame of a connection has the sequence 1 but
 * differs from the frame that the client first sent as 1, the sender has started over, and all its
 * frames are stored.
 *
 * <p>Sequences end at 2^32 - 1; a sender that gets there continues under another name. Without
 * HELLO, or with a HELLO without {@code client}, frames are acknowledged the same way, but stored
 * each time they come.
 */
@NullMarked
package io.logcaster.ingest.framed;

import org.jspecify.annotations.NullMarked;
