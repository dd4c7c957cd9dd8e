package io.logcaster.storage.segment.column;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.Column;
import io.logcaster.record.IndexedColumn;
import io.logcaster.record.WorkLimit;
import java.util.Arrays;

/**
 * The values that a function computes from a column of templates: one for all rows of a template if
 * its texts all become the same, otherwise one for each row. Not thread-safe.
 */
final class MappedTemplates {

  private static final byte[] NOTHING = {};

  private final Templates templates;

  private final BytesMapper mapper;

  private final ByteBuilder target = new ByteBuilder(256);

  private final Bitmap others;

  /** The index of each row's value. */
  private final int[] indexes;

  /** Where each value ends. */
  private int[] ends;

  private int count;

  /** Computes the values of the templates that selected rows have. */
  MappedTemplates(Templates templates, Bitmap rows, BytesMapper mapper) {
    this.templates = templates;
    this.mapper = mapper;
    char[] ofRow = templates.ofRow();
    WorkLimit.growing(4L * ofRow.length);
    indexes = new int[ofRow.length];
    ends = new int[templates.count() + 1];
    others = Bitmap.none(rows.size());
    // The index of each template's value + 1; -1 if there are several; 0 until it is known.
    int[] known = new int[templates.count() + 1];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int template = ofRow[row];
      if (known[template] == 0) {
        known[template] = map(template) ? count : -1;
      }
      if (known[template] < 0) {
        others.set(row);
      } else {
        indexes[row] = known[template] - 1;
      }
    }
  }

  private boolean map(int template) {
    int start = target.length();
    if (template == templates.count()) {
      mapper.map(NOTHING, 0, 0, target);
    } else if (!mapper.map(templates.get(template).shape(), target)) {
      target.truncate(start);
      return false;
    }
    ends[count++] = target.length();
    return true;
  }

  /** Whether no template has a single value. */
  boolean isEmpty() {
    return count == 0;
  }

  /** The selected rows whose values depend on their texts. */
  Bitmap others() {
    return others;
  }

  /** Computes the values of {@link #others} from their texts. */
  void add(Column text) {
    int more = others.cardinality();
    WorkLimit.growing(4L * more);
    ends = Arrays.copyOf(ends, count + more);
    for (int row = others.next(0); row >= 0; row = others.next(row + 1)) {
      mapper.map(text.bytes(), text.start(row), text.end(row), target);
      indexes[row] = count;
      ends[count++] = target.length();
    }
  }

  /** The column of all values. */
  Column column(String name) {
    return new IndexedColumn(new ArenaColumn(name, target.array(), ends, count), count, indexes);
  }
}
