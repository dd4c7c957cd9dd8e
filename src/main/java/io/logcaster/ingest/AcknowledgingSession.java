package io.logcaster.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A session of a protocol with acknowledgements. Reading frames and writing acknowledgements
 * alternate on one thread. A subclass reads one frame and encodes the acknowledgements; this class
 * does the rest:
 *
 * <ul>
 *   <li>Frames are read as they become complete. A large frame waits for its share of the memory
 *       for {@linkplain LargeMessages large messages}; if none becomes free in time, the connection
 *       is closed.
 *   <li>Due frames are acknowledged once all records read so far are durable. If a batch cannot be
 *       stored, the session ends without an acknowledgement, so that the sender sends the frames
 *       again.
 *   <li>Malformed bytes are counted as rejected and end the session, because the beginning of the
 *       next frame is unknown.
 * </ul>
 *
 * @param <A> what is acknowledged, such as the id of a chunk
 */
public abstract class AcknowledgingSession<A> extends BatchSession {

  /**
   * Bounds the delay of records from a steady trickle without acknowledgements, which never pauses.
   */
  private static final long MAX_DELAY_NANOS = 100_000_000L;

  private final AwaitedBatches batches;

  private final LargeMessages largeMessages;

  private final LargeMessages.Share share;

  /** The reason under which malformed messages are counted. */
  private final String malformed;

  /** The frames to acknowledge, in order. */
  private final List<A> due = new ArrayList<>();

  private boolean ended;

  protected AcknowledgingSession(
      InputContext context, Peer peer, LargeMessages largeMessages, String malformed) {
    super(context, peer);
    this.batches = new AwaitedBatches(submitter);
    this.largeMessages = largeMessages;
    this.share = largeMessages.share();
    this.malformed = malformed;
  }

  /**
   * Reads one frame, if it is complete.
   *
   * @param from the index of its first byte, before {@code to}
   * @return the index after it; -1 while it is incomplete; nothing of it is consumed then
   * @throws MalformedFrameException if no frame begins here
   */
  protected abstract int readFrame(byte[] bytes, int from, int to)
      throws IOException, MalformedFrameException, InterruptedException;

  /** Writes acknowledgements to the sender, in the order in which they became due. */
  protected abstract void acknowledge(List<A> durable) throws IOException;

  /** Acknowledges something once all records that were read so far are durable. */
  protected final void acknowledgeWhenDurable(A frame) {
    due.add(frame);
  }

  /** To be called after each record. */
  protected final void recordRead() throws InterruptedException {
    batches.submitFull();
  }

  /** Counts a message, or a part of one, that is malformed. */
  protected final void reject() {
    countError();
    context.metrics().reject(malformed, 1);
  }

  /** Ends the session; records that were read before are still submitted. */
  protected final void close() {
    ended = true;
  }

  /**
   * Decompresses a part of a frame.
   *
   * @throws MalformedFrameException if it cannot be decompressed
   */
  protected final LargeMessages.Unpacked unpack(LargeMessages.Packed packed)
      throws IOException, MalformedFrameException, InterruptedException {
    try {
      return largeMessages.unpack(packed);
    } catch (LargeMessages.FullException ex) {
      throw ex;
    } catch (IOException ex) {
      throw new MalformedFrameException("does not unpack");
    }
  }

  @Override
  public final int largestMessage() {
    return share.limit();
  }

  @Override
  public final int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException {
    int at = from;
    try {
      while (!ended && at < to) {
        int next = readFrame(bytes, at, to);
        if (next < 0) {
          if (!share.grow(to - at)) {
            throw new MalformedFrameException("too large");
          }
          break;
        }
        at = next;
      }
    } catch (MalformedFrameException ex) {
      reject();
      ended = true;
    } catch (LargeMessages.FullException ex) {
      context.metrics().note("overloaded", 1);
      ended = true;
    }
    share.settle(to - at);
    return ended ? to : at;
  }

  @Override
  public final boolean hasRecords() {
    return !submitter.isEmpty() || !due.isEmpty();
  }

  @Override
  public final boolean isFlushDue(long nanos) {
    return !due.isEmpty() || isOlderThan(MAX_DELAY_NANOS, nanos);
  }

  @Override
  public final void flush() throws IOException, InterruptedException {
    if (due.isEmpty()) {
      batches.submit();
    } else if (batches.await()) {
      acknowledge(due);
    } else {
      ended = true;
    }
    due.clear();
  }

  @Override
  public final boolean isEnded() {
    return ended;
  }

  @Override
  public final void end(byte[] bytes, int from, int to) throws IOException, InterruptedException {
    if (decode(bytes, from, to, true) < to) {
      reject();
    }
    flush();
  }

  @Override
  public final void release() {
    share.settle(0);
  }
}
