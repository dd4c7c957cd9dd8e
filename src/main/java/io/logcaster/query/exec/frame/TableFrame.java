package io.logcaster.query.exec.frame;

import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A frame of columns from any source: those of another frame, perhaps renamed, and new ones. */
public final class TableFrame extends Frame {

  private final int size;

  private final Map<String, Supplier<Column>> columns;

  private TableFrame(int size, Map<String, Supplier<Column>> columns) {
    this.size = size;
    this.columns = columns;
  }

  /** Begins without columns. */
  public static Builder builder(int size) {
    return new Builder(size, new LinkedHashMap<>());
  }

  /** Begins with the columns of a frame. */
  public static Builder builder(Frame frame) {
    Builder builder = builder(frame.size());
    for (String name : frame.names()) {
      builder.put(name, frame, name);
    }
    return builder;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Column column(String name) {
    Supplier<Column> column = columns.get(name);
    return (column != null) ? column.get() : ConstantColumn.empty(name);
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(columns.keySet());
  }

  /** Puts the columns of a frame together. */
  public static final class Builder {

    private final int size;

    private final Map<String, Supplier<Column>> columns;

    private Builder(int size, Map<String, Supplier<Column>> columns) {
      this.size = size;
      this.columns = columns;
    }

    public Builder put(String name, Column column) {
      columns.put(name, () -> column);
      return this;
    }

    /** Takes over a column of another frame, which is requested only when it is needed. */
    public Builder put(String name, Frame frame, String source) {
      columns.put(name, () -> frame.column(source));
      return this;
    }

    public Builder remove(String name) {
      columns.remove(name);
      return this;
    }

    public Frame build() {
      return new TableFrame(size, columns);
    }
  }
}
