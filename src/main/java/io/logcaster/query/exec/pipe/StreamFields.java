package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.ast.SetStreamFieldsPipe;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets the stream of rows to some of their fields: {@code set_stream_fields}. Such a stream has no
 * identity, because none is stored.
 */
public final class StreamFields {

  private StreamFields() {}

  public static Transform of(SetStreamFieldsPipe pipe, @Nullable RowMatcher condition) {
    return Rewrite.rows(
        condition,
        Overwrite.ALWAYS,
        () ->
            (frame, row, target) -> {
              List<Field> fields = new ArrayList<>();
              for (String name : Accumulator.fields(frame, pipe.fields())) {
                Column column = frame.column(name);
                if (!column.isEmpty(row)) {
                  fields.add(new Field(name, column.text(row)));
                }
              }
              byte[] text = Stream.canonical(fields).getBytes(StandardCharsets.UTF_8);
              target.put(row, Field.STREAM, text, 0, text.length);
              target.clear(row, Field.STREAM_ID);
            });
  }
}
