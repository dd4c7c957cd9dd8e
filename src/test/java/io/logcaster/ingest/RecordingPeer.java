package io.logcaster.ingest;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A sender at 10.0.0.9 that keeps what it is answered, for tests. */
public final class RecordingPeer implements Session.Peer {

  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  /** All it was answered. */
  public ByteArrayOutputStream answers() {
    return answers;
  }

  @Override
  public String host() {
    return "10.0.0.9";
  }

  @Override
  public @Nullable String certificate() {
    return null;
  }

  @Override
  public void interruptReading() {}

  @Override
  public void write(byte[] bytes, int length) {
    answers.write(bytes, 0, length);
  }
}
