package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.nio.charset.StandardCharsets;

/**
 * Marks records that a transform could not change.
 *
 * @param name the transform's name
 */
record ErrorMarks(String name) {

  static final String FIELD = "_transform_error";

  /** A record that fails in every transform must not grow without end. */
  private static final int MAX_LENGTH = 1_000;

  void mark(Work work, Bitmap rows, String reason) {
    Column old = work.batch.column(FIELD);
    String text = name + ": " + reason;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Patch patch = new Patch();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (old.isEmpty(row)) {
        patch.put(row, bytes);
      } else if (old.end(row) - old.start(row) + bytes.length < MAX_LENGTH) {
        patch.put(row, old.text(row) + "; " + text);
      }
    }
    if (!patch.isEmpty()) {
      work.batch = Patch.with(work.batch, patch.over(old, work.batch.size()));
    }
  }
}
