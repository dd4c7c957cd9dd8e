package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.JsonString;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts all values into a JSON array: {@code values()}. */
final class JsonListStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final long limit;

  /** The items so far, separated by commas. */
  private @Nullable ByteBuilder[] items = new ByteBuilder[1];

  private long[] counts = new long[1];

  private long held;

  JsonListStats(List<FieldPattern> fields, long limit) {
    this.fields = fields;
    this.limit = limit;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    ensure(count);
    List<String> names = fields(frame, fields);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groupOf(groups, row);
      for (String name : names) {
        if (hasRoom(group)) {
          Column column = frame.column(name);
          ByteBuilder target = open(group);
          int before = target.array().length;
          JsonString.append(column.bytes(), column.start(row), column.end(row), target);
          held += target.array().length - before;
        }
      }
    }
  }

  private boolean hasRoom(int group) {
    return limit == 0 || counts[group] < limit;
  }

  private ByteBuilder open(int group) {
    ByteBuilder target = items[group];
    if (target == null) {
      target = new ByteBuilder(64);
      items[group] = target;
    }
    if (counts[group]++ > 0) {
      target.append(',');
    }
    return target;
  }

  private void ensure(int count) {
    int capacity = capacity(counts.length, count);
    items = Arrays.copyOf(items, capacity);
    counts = Arrays.copyOf(counts, capacity);
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    JsonListStats theirs = (JsonListStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.items.length); i++) {
      ByteBuilder more = theirs.items[i];
      int group = mapping[i];
      if (more != null && hasRoom(group)) {
        ByteBuilder target = open(group);
        // Items need to be counted one by one only for a limit.
        long room = (limit == 0) ? Long.MAX_VALUE : limit - counts[group] + 1;
        int end = (theirs.counts[i] <= room) ? more.length() : cut(more, room);
        int before = target.array().length;
        target.append(more.array(), 0, end);
        held += target.array().length - before;
        counts[group] += Math.min(theirs.counts[i], room) - 1;
      }
    }
  }

  /** The index in {@code items} where the first {@code count} items end. */
  private static int cut(ByteBuilder items, long count) {
    boolean quoted = false;
    long seen = 0;
    byte[] bytes = items.array();
    for (int i = 0; i < items.length(); i++) {
      byte b = bytes[i];
      if (b == '"') {
        quoted = !quoted;
      } else if (quoted) {
        i += (b == '\\') ? 1 : 0;
      } else if (b == ',' && ++seen == count) {
        return i;
      }
    }
    return items.length();
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      ByteBuilder list = (group < items.length) ? items[group] : null;
      out.number((list == null) ? 0 : counts[group]);
      if (list != null) {
        out.text(list);
      }
    }
  }

  @Override
  public void load(StateInput in, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      counts[group] = in.number();
      if (counts[group] != 0) {
        ByteBuilder list = new ByteBuilder(0).append(in.text());
        items[group] = list;
        held += list.array().length;
      }
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    target.append('[');
    ByteBuilder list = (group < items.length) ? items[group] : null;
    if (list != null) {
      target.append(list.array(), 0, list.length());
    }
    target.append(']');
  }

  @Override
  public long memoryBytes() {
    return 40L * items.length + held;
  }
}
