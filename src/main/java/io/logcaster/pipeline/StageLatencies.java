package io.logcaster.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * How long batches take from the socket to where queries find them, stage by stage. Passes each
 * measurement on; until somebody takes them they are dropped. Thread-safe.
 */
public final class StageLatencies {

  /** A part of the way, in order. */
  public enum Stage {
    /** From the first bytes of a batch to its hand-over: decoding, and waiting for a full batch. */
    DECODE,
    /** Waiting for room in the buffer, and in it. */
    BUFFER,
    /** The record filter. */
    FILTER,
    /** The storage: write-ahead log, sync, and the active segment. */
    APPEND,
    /** The whole way, from the first bytes until queries find the records. */
    SEARCHABLE
  }

  /** Takes measurements; called by many threads at once, once for each batch and stage. */
  @FunctionalInterface
  public interface Recorder {
    void record(Stage stage, long nanos);
  }

  private volatile @Nullable Recorder recorder;

  /** Passes measurements on from now on. */
  public void recordTo(Recorder taker) {
    recorder = taker;
  }

  void record(Stage stage, long nanos) {
    Recorder taker = recorder;
    if (taker != null) {
      taker.record(stage, Math.max(0, nanos));
    }
  }
}
