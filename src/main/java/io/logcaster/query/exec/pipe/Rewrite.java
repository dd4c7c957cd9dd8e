package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.frame.TableFrame;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.Column;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes a field from the value of another; each distinct value once, if the column allows it.
 */
public final class Rewrite {

  private Rewrite() {}

  /**
   * Creates the transformation.
   *
   * @param condition selects the rows to change; null for all
   * @param mapper creates the function for each frame, because functions may hold buffers
   */
  public static Transform of(
      @Nullable RowMatcher condition, String field, String result, Supplier<BytesMapper> mapper) {
    return (frame, rows) -> {
      Bitmap changed = selected(condition, frame, rows);
      Column column = frame.column(field).map(result, changed, mapper.get());
      if (condition != null) {
        column = Overlay.choose(result, rows, changed, column, frame.column(result));
      }
      return TableFrame.builder(frame).put(result, column).build();
    };
  }

  /** Creates the transformation that computes the length of a field's value in bytes. */
  public static Transform lengths(String field, String result) {
    return (frame, rows) ->
        TableFrame.builder(frame).put(result, frame.column(field).lengths(result, rows)).build();
  }

  /** The rows that pass a condition. */
  static Bitmap selected(@Nullable RowMatcher condition, Frame frame, Bitmap rows) {
    if (condition == null) {
      return rows;
    }
    Bitmap selected = rows.copy();
    condition.retain(frame, selected);
    return selected;
  }

  /** Computes the new values of a row. */
  @FunctionalInterface
  interface RowMaker {

    /** Puts the new values of a row into {@code target}. */
    void make(Frame frame, int row, Overlay target);
  }

  /** Creates a transformation that may set several fields of a row. */
  static Transform rows(
      @Nullable RowMatcher condition, Overwrite overwrite, Supplier<RowMaker> maker) {
    return (frame, rows) -> {
      Bitmap changed = selected(condition, frame, rows);
      Overlay overlay = new Overlay(frame, overwrite);
      RowMaker make = maker.get();
      for (int row = changed.next(0); row >= 0; row = changed.next(row + 1)) {
        make.make(frame, row, overlay);
      }
      return overlay.build(rows);
    };
  }
}
