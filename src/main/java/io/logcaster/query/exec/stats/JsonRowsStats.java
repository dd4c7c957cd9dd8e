package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.JsonRows;
import io.logcaster.query.exec.frame.SortValue;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects rows in a JSON array of objects, sorted on request: {@code json_values()}. */
final class JsonRowsStats extends Accumulator {

  /** How many rows beyond the limit are kept before the worst are dropped. */
  private static final int SLACK = 256;

  /** What a row takes besides its text and its values to sort by. */
  private static final int ROW_BYTES = 64;

  private final List<FieldPattern> fields;

  private final List<SortKey> sort;

  private final long limit;

  private final Comparator<Item> order;

  private @Nullable List<Item>[] items = lists(1);

  private long held;

  /** A row as text with its values to sort by. */
  private static final class Item {

    private final List<SortValue> keys;

    private final byte[] object;

    Item(List<SortValue> keys, byte[] object) {
      this.keys = keys;
      this.object = object;
    }

    long memoryBytes() {
      return ROW_BYTES + object.length * (1L + keys.size());
    }
  }

  JsonRowsStats(List<FieldPattern> fields, List<SortKey> sort, long limit) {
    this.fields = fields;
    this.sort = sort;
    this.limit = limit;
    order = this::compare;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // there are no generic arrays
  private static @Nullable List<Item>[] lists(int size) {
    return new List[size];
  }

  private int compare(Item a, Item b) {
    for (int i = 0; i < sort.size(); i++) {
      int result = SortValue.compare(a.keys.get(i), b.keys.get(i));
      if (result != 0) {
        return sort.get(i).descending() ? -result : result;
      }
    }
    return 0;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    ensure(count);
    List<String> names = fields(frame, fields);
    names.sort(null);
    Column[] keys =
        sort.stream().map((key) -> frame.column(key.field()).readable(rows)).toArray(Column[]::new);
    ByteBuilder object = new ByteBuilder(256);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      List<Item> list = list(groupOf(groups, row));
      if (isFull(list)) {
        continue;
      }
      object.truncate(0);
      JsonRows.row(frame, names, row, object);
      put(list, new Item(values(keys, row), object.toByteArray()));
    }
  }

  private List<SortValue> values(Column[] keys, int row) {
    List<SortValue> values = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      values.add(SortValue.of(keys[i], row, sort.get(i).field().equals(Field.TIME)));
    }
    return values;
  }

  /** Whether a list is full; without an order, any rows will do. */
  private boolean isFull(List<Item> list) {
    return limit > 0 && sort.isEmpty() && list.size() >= limit;
  }

  private void put(List<Item> list, Item item) {
    list.add(item);
    held += item.memoryBytes();
    if (limit > 0 && list.size() - SLACK >= limit) {
      cut(list);
    }
  }

  private void cut(List<Item> list) {
    list.sort(order);
    if (limit > 0 && list.size() > limit) {
      List<Item> rest = list.subList((int) limit, list.size());
      rest.forEach((item) -> held -= item.memoryBytes());
      rest.clear();
    }
  }

  private List<Item> list(int group) {
    List<Item> list = items[group];
    if (list == null) {
      list = new ArrayList<>();
      items[group] = list;
    }
    return list;
  }

  private void ensure(int count) {
    items = Arrays.copyOf(items, capacity(items.length, count));
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    JsonRowsStats theirs = (JsonRowsStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.items.length); i++) {
      List<Item> more = theirs.items[i];
      if (more != null) {
        List<Item> list = list(mapping[i]);
        for (Item item : more) {
          if (!isFull(list)) {
            put(list, item);
          }
        }
      }
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      List<Item> list = (group < items.length) ? items[group] : null;
      out.number((list == null) ? 0 : list.size());
      for (Item item : (list == null) ? List.<Item>of() : list) {
        item.keys.forEach((key) -> key.save(out));
        out.text(item.object);
      }
    }
  }

  @Override
  public void load(StateInput in, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      int size = in.count();
      for (int i = 0; i < size; i++) {
        List<SortValue> keys = new ArrayList<>(sort.size());
        for (int key = 0; key < sort.size(); key++) {
          keys.add(SortValue.load(in));
        }
        put(list(group), new Item(keys, in.text()));
      }
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    target.append('[');
    List<Item> list = (group < items.length) ? items[group] : null;
    if (list != null) {
      cut(list);
      int start = target.length();
      for (Item item : list) {
        if (target.length() > start) {
          target.append(',');
        }
        target.append(item.object);
      }
    }
    target.append(']');
  }

  @Override
  public long memoryBytes() {
    return 40L * items.length + held;
  }
}
