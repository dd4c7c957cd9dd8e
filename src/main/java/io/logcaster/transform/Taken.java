package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.RecordBatch;

/**
 * Copies of records that are not stored, for those who watch. Two fields say who took them out and
 * why.
 */
public final class Taken {

  /** The name of the transform, or what else took the record. */
  public static final String BY = "_taken_by";

  /** What the transform does, such as {@code drop}, or which part of the record filter. */
  public static final String WHY = "_taken_why";

  private Taken() {}

  /** Marked copies of some rows. */
  public static RecordBatch marked(RecordBatch batch, Bitmap rows, String by, String why) {
    RecordBatch copies = batch.gather(rows.toArray());
    RecordBatch named = Patch.with(copies, ConstantColumn.of(BY, by));
    return Patch.with(named, ConstantColumn.of(WHY, why));
  }
}
