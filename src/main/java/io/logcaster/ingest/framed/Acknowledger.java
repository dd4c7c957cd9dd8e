package io.logcaster.ingest.framed;

import io.logcaster.ingest.Session;
import io.logcaster.pipeline.Intake;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers a framed connection on a thread of its own, so that neither the reader nor the pipeline
 * waits for a sender that does not read. Pending answers are state, not a queue: an acknowledgement
 * covers all earlier ones, so a sender that never reads costs nothing.
 */
final class Acknowledger {

  private final Session.Peer peer;

  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /** Completes when everything handed in so far is durable. */
  private CompletableFuture<?> durable = CompletableFuture.completedFuture(null);

  /** How many acknowledgements were requested, so that they are sent in order. */
  private long asked;

  private long ready;

  private int readySequence;

  private long sent;

  private boolean pong;

  private int pongSequence;

  private byte @Nullable [] failure;

  private boolean failAtOnce;

  private boolean closing;

  private volatile boolean broken;

  private @Nullable Thread writer;

  Acknowledger(Session.Peer peer) {
    this.peer = peer;
  }

  /** Makes the following acknowledgements wait for a batch. */
  void waitFor(CompletableFuture<Intake.Outcome> stored) {
    durable = durable.isDone() ? merge(durable, stored) : durable.thenCombine(stored, (a, b) -> b);
  }

  private static CompletableFuture<?> merge(
      CompletableFuture<?> before, CompletableFuture<Intake.Outcome> stored) {
    return before.isCompletedExceptionally() ? before : stored;
  }

  /** Sends an acknowledgement when all batches so far are durable. */
  void acknowledge(int sequence) {
    long number = ++asked;
    var _ =
        durable.whenComplete(
            (outcome, ex) -> {
              if (ex == null) {
                signal(
                    () -> {
                      if (number > ready) {
                        ready = number;
                        readySequence = sequence;
                      }
                    });
              } else {
                fail(
                    FrameFormat.error(
                        sequence, "not_stored", "The records could not be stored", 1_000),
                    true);
              }
            });
  }

  void pong(int sequence) {
    signal(
        () -> {
          pong = true;
          pongSequence = sequence;
        });
  }

  /**
   * Sends a last frame.
   *
   * @param atOnce whether it is sent now; else at the end, after the acknowledgements
   */
  void fail(byte[] frame, boolean atOnce) {
    signal(
        () -> {
          failure = frame;
          failAtOnce |= atOnce;
        });
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      if (writer == null) {
        writer = Thread.ofVirtual().name("tcp-ack").start(this::write);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the sender can no longer be answered. */
  boolean isBroken() {
    return broken;
  }

  private void write() {
    try {
      while (!broken) {
        byte[] frame = next();
        if (frame == null) {
          return;
        }
        peer.write(frame, frame.length);
      }
    } catch (IOException ex) {
      broken = true;
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } finally {
      gone();
    }
  }

  private void gone() {
    lock.lock();
    try {
      writer = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next frame to be sent; null at the end. */
  private byte @Nullable [] next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (ready > sent) {
          sent = ready;
          changed.signalAll(); // the closing thread waits for it
          return FrameFormat.of(FrameFormat.ACK, readySequence);
        }
        if (pong) {
          pong = false;
          return FrameFormat.of(FrameFormat.PONG, pongSequence);
        }
        byte[] last = failure;
        if (last != null && !broken && (failAtOnce || closing)) {
          broken = true;
          return last;
        }
        if (closing || broken) {
          return null;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all requested answers are sent, up to a time limit. */
  void close(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (sent < asked && !broken && left > 0) {
        left = changed.awaitNanos(left);
      }
      closing = true;
      changed.signalAll();
      while (writer != null && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
