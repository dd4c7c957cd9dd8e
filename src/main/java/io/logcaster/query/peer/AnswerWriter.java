package io.logcaster.query.peer;

import com.github.luben.zstd.Zstd;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.frame.StateOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes an {@link AnswerStream}. Thread-safe: workers write at the same time. */
public final class AnswerWriter {

  /** Shorter payloads are not worth the work. */
  private static final int MIN_COMPRESSED = 512;

  /** Often enough for the shortest sensible timeout of those who wait. */
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DataOutputStream out;

  private final ReentrantLock lock = new ReentrantLock();

  private volatile long lastNanos = System.nanoTime();

  private volatile boolean broken;

  public AnswerWriter(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  public void hello(String id, String product) {
    write(
        AnswerStream.HELLO,
        new StateOutput().number(PartialQuery.VERSION).text(id).text(product),
        true);
  }

  /** Says that the query goes on, where nothing was sent for a while. */
  public void beat() {
    if (System.nanoTime() - lastNanos > BEAT_NANOS && lock.tryLock()) {
      try {
        write(AnswerStream.BEAT, new StateOutput(), true);
      } finally {
        lock.unlock();
      }
    }
  }

  public void rows(StateOutput rows) {
    write(AnswerStream.ROWS, rows, false);
  }

  public void state(StateOutput state) {
    write(AnswerStream.STATE, state, false);
  }

  public void end(Peers.Part.Ended end) {
    StateOutput payload = new StateOutput().number(end.counts().size());
    end.counts().forEach(payload::number);
    payload.number(end.damage().size());
    end.damage().forEach(payload::text);
    write(AnswerStream.END, payload, true);
  }

  public void error(String code, String detail) {
    write(AnswerStream.ERROR, new StateOutput().text(code).text(detail), true);
  }

  /** Whether the other side is gone. */
  public boolean isBroken() {
    return broken;
  }

  private void write(int type, StateOutput payload, boolean flush) {
    byte[] raw = payload.toByteArray();
    byte[] packed = (raw.length < MIN_COMPRESSED) ? raw : Zstd.compress(raw, 1);
    byte[] stored = (packed.length < raw.length) ? packed : raw;
    lock.lock();
    try {
      out.writeByte(type);
      out.writeInt(raw.length);
      out.writeInt(stored.length);
      out.write(stored);
      if (flush) {
        out.flush();
      }
      lastNanos = System.nanoTime();
    } catch (IOException ex) {
      broken = true;
      throw new UncheckedIOException(ex);
    } finally {
      lock.unlock();
    }
  }
}
