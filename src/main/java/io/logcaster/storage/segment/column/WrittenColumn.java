package io.logcaster.storage.segment.column;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.Column;
import org.jspecify.annotations.Nullable;

/** A column that is not stored as text and produces its text on demand. */
abstract class WrittenColumn extends Column {

  private final int rows;

  private volatile @Nullable ArenaColumn text;

  WrittenColumn(String name, int rows) {
    super(name);
    this.rows = rows;
  }

  /** Produces the text of some rows; the other rows are empty. */
  abstract ArenaColumn write(Bitmap rows);

  /** Whether the text of all rows is already available. */
  final boolean isWritten() {
    return text != null;
  }

  /** The memory that the available text takes. */
  final long writtenBytes() {
    ArenaColumn known = text;
    return (known == null) ? 0 : known.memoryBytes();
  }

  private ArenaColumn text() {
    ArenaColumn known = text;
    if (known == null) {
      known = write(Bitmap.all(rows));
      text = known;
    }
    return known;
  }

  @Override
  public final Column readable(Bitmap rows) {
    return (isWritten() || rows.isFull()) ? text() : write(rows);
  }

  @Override
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    return readable(rows).map(name, rows, mapper);
  }

  @Override
  public final byte[] bytes() {
    return text().bytes();
  }

  @Override
  public final int start(int row) {
    return text().start(row);
  }

  @Override
  public final int end(int row) {
    return text().end(row);
  }
}
