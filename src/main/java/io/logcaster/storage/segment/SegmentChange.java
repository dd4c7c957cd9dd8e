package io.logcaster.storage.segment;

import java.io.IOException;
import java.util.List;

/**
 * Replaces segments. The change is durable and visible to scans when it returns. On failure,
 * nothing is replaced, and what was to be added is discarded.
 */
@FunctionalInterface
interface SegmentChange {

  /** Returns what was really added. */
  List<SegmentHandle> replace(List<SegmentHandle> removed, List<SegmentHandle> added)
      throws IOException;

  /** Work during which no segment changes. */
  @FunctionalInterface
  interface Work {

    void run() throws IOException;
  }
}
