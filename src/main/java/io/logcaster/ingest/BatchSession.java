package io.logcaster.ingest;

/**
 * A session that collects what it decodes in one {@link BatchSubmitter} from its beginning to its
 * end. Holds the books of such a session: when the open batch began, and what went wrong.
 */
public abstract class BatchSession implements Session {

  protected final InputContext context;

  /** The sender. */
  protected final Peer peer;

  protected final BatchSubmitter submitter;

  /** When the last bytes arrived, by the system's timer. */
  private long arrived;

  /** When the oldest record of the open batch arrived, by the system's timer. */
  private long batchSince;

  private long errors;

  protected BatchSession(InputContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
    this.submitter = new BatchSubmitter(context, peer.host());
  }

  @Override
  public final void arrived(long nanos) {
    arrived = nanos;
    submitter.arrived();
  }

  /** Call before the records of a frame are decoded; notes the time if they open a batch. */
  protected final void beginFrame() {
    if (!hasRecords()) {
      batchSince = arrived;
    }
  }

  /** Whether records have been waiting for longer than a delay. */
  protected final boolean isOlderThan(long delayNanos, long now) {
    return hasRecords() && now - batchSince > delayNanos;
  }

  /** Counts a message that went wrong. */
  protected final void countError() {
    errors++;
  }

  @Override
  public final long memoryBytes() {
    return submitter.memoryBytes();
  }

  @Override
  public final void slim() {
    submitter.slim();
  }

  @Override
  public final long records() {
    return submitter.records();
  }

  @Override
  public final long errors() {
    return errors + submitter.errors();
  }
}
