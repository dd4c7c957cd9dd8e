package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Renaming;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.frame.TableFrame;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import java.util.List;

/**
 * The pipes that choose and rename fields: {@code fields}, {@code delete}, {@code copy}, {@code
 * rename}, {@code drop_empty_fields}. They move columns and never change a value.
 */
public final class Projections {

  private Projections() {}

  public static Transform fields(List<FieldPattern> patterns) {
    if (FieldPattern.isAll(patterns)) {
      return (frame, rows) -> frame;
    }
    return (frame, rows) -> {
      TableFrame.Builder builder = TableFrame.builder(frame.size());
      for (FieldPattern pattern : patterns) {
        if (!pattern.prefix()) {
          builder.put(pattern.name(), frame, pattern.name());
        } else {
          for (String name : frame.names()) {
            if (pattern.matches(name)) {
              builder.put(name, frame, name);
            }
          }
        }
      }
      return builder.build();
    };
  }

  public static Transform delete(List<FieldPattern> patterns) {
    return (frame, rows) -> {
      TableFrame.Builder builder = TableFrame.builder(frame.size());
      for (String name : frame.names()) {
        if (!FieldPattern.anyMatches(patterns, name)) {
          builder.put(name, frame, name);
        }
      }
      return builder.build();
    };
  }

  public static Transform copy(List<Renaming> renamings) {
    return (frame, rows) -> {
      Frame result = frame;
      for (Renaming renaming : renamings) {
        result = copy(result, renaming, rows);
      }
      return result;
    };
  }

  private static Frame copy(Frame frame, Renaming renaming, Bitmap rows) {
    TableFrame.Builder builder = TableFrame.builder(frame);
    put(builder, frame, renaming, rows);
    return builder.build();
  }

  private static void put(TableFrame.Builder builder, Frame frame, Renaming renaming, Bitmap rows) {
    if (renaming.from().prefix() && !renaming.to().prefix()) {
      builder.put(renaming.to().name(), last(frame, renaming, rows));
      return;
    }
    for (String name : sources(frame, renaming)) {
      builder.put(renaming.rename(name), frame, name);
    }
  }

  /** Merges several fields into one: the last of them that a row has wins. */
  private static Column last(Frame frame, Renaming renaming, Bitmap rows) {
    String target = renaming.to().name();
    Column column = frame.column(target);
    for (String name : sources(frame, renaming)) {
      Column source = frame.column(name);
      Bitmap filled = rows.copy();
      source.retain(filled, BytesPredicate.FILLED);
      column = Overlay.choose(target, rows, filled, source, column);
    }
    return column;
  }

  private static List<String> sources(Frame frame, Renaming renaming) {
    return renaming.from().prefix()
        ? frame.names().stream().filter(renaming.from()::matches).toList()
        : List.of(renaming.from().name());
  }

  public static Transform rename(List<Renaming> renamings) {
    return (frame, rows) -> {
      Frame result = frame;
      for (Renaming renaming : renamings) {
        result = rename(result, renaming, rows);
      }
      return result;
    };
  }

  private static Frame rename(Frame frame, Renaming renaming, Bitmap rows) {
    TableFrame.Builder builder = TableFrame.builder(frame);
    sources(frame, renaming).forEach(builder::remove);
    put(builder, frame, renaming, rows);
    return builder.build();
  }

  /** Drops columns without a value in any row, and rows without a value in any column. */
  public static final class DropEmptyFields extends Operator {

    public DropEmptyFields(Operator next) {
      super(next);
    }

    @Override
    public boolean push(Frame frame, Bitmap rows, int worker) {
      Bitmap filled = Bitmap.none(frame.size());
      for (String name : frame.names()) {
        Column column = frame.column(name);
        if (!(column instanceof ConstantColumn && column.isEmpty(0))) {
          Bitmap left = rows.copy();
          left.andNot(filled);
          column.retain(left, BytesPredicate.FILLED);
          filled.or(left);
        }
      }
      rows.and(filled);
      return rows.isEmpty() || next().push(frame, rows, worker);
    }
  }
}
