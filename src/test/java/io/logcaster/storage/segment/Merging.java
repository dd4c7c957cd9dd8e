package io.logcaster.storage.segment;

import java.io.IOException;

/** Merges segments when a test wants it, not when the server is quiet. */
public final class Merging {

  private Merging() {}

  /** Merges once; false if there was nothing to merge. */
  public static boolean once(SegmentLogStorage storage) throws IOException {
    return storage.mergeOnce();
  }
}
