package io.logcaster.storage.segment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Running deletions. The segments that they have not processed yet must not be merged with newer
 * ones. Guarded by the lock of {@link Rewriter}.
 */
final class RunningDeletions {

  /** A deletion, with the segments that it has not processed yet. */
  static final class Deletion {

    final Set<SegmentHandle> left;

    private Deletion(List<SegmentHandle> all) {
      left = new LinkedHashSet<>(all);
    }
  }

  private final List<Deletion> running = new ArrayList<>();

  Deletion begin(List<SegmentHandle> all) {
    Deletion deletion = new Deletion(all);
    running.add(deletion);
    return deletion;
  }

  void end(Deletion deletion) {
    running.remove(deletion);
  }

  void replaced(List<SegmentHandle> removed, List<SegmentHandle> added) {
    for (Deletion deletion : running) {
      if (deletion.left.removeAll(removed)) {
        deletion.left.addAll(added);
      }
    }
  }

  /** Removes from a list what deletions have not processed yet. */
  void exclude(List<SegmentHandle> candidates) {
    running.forEach((deletion) -> candidates.removeAll(deletion.left));
  }
}
