package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;

/** Lets a plug-in change records. */
final class PluginStep extends Step {

  private final PluginTransforms.Opened transform;

  PluginStep(PluginTransforms.Opened transform) {
    this.transform = transform;
  }

  @Override
  boolean isStateless() {
    return true;
  }

  @Override
  boolean takesRecords() {
    return true;
  }

  @Override
  void apply(Work work, Bitmap rows) {
    int[] numbers = rows.toArray();
    RecordBatch selected =
        (numbers.length == work.batch.size()) ? work.batch : work.batch.gather(numbers);
    RecordEdits edits = new RecordEdits(numbers.length);
    try {
      transform.apply(selected, edits);
    } finally {
      edits.end();
    }
    edits.applyTo(work, numbers);
  }
}
