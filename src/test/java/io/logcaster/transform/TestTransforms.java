package io.logcaster.transform;

import io.logcaster.record.LogRecord;

/** Transforms for tests of other packages. */
public final class TestTransforms {

  private TestTransforms() {}

  /** Transforms from JSON with single quotes. */
  public static Transforms of(String json) {
    return new Transforms(new Chains().chain(json));
  }

  /** A record of app {@code shop} on host {@code h1}. */
  public static LogRecord record(String message, String... fields) {
    return Chains.record(message, fields);
  }
}
