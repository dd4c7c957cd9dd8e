package io.logcaster.ingest;

/**
 * A session that uses one {@link BatchSubmitter} for all its records. Keeps the bookkeeping of such
 * a session: when the open batch began, and the number of errors.
 */
public abstract class BatchSession implements Session {

  protected final InputContext context;

  /** The sender. */
  protected final Peer peer;

  protected final BatchSubmitter submitter;

  /** When the last bytes arrived, as {@link System#nanoTime}. */
  private long arrived;

  /** When the oldest record of the open batch arrived, as {@link System#nanoTime}. */
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

  /**
   * To be called before the records of a frame are decoded; remembers the time if they open a
   * batch.
   */
  protected final void beginFrame() {
    if (!hasRecords()) {
      batchSince = arrived;
    }
  }

  /** Whether the open batch has been waiting for longer than a delay. */
  protected final boolean isOlderThan(long delayNanos, long now) {
    return hasRecords() && now - batchSince > delayNanos;
  }

  /** Counts a message that could not be processed. */
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
