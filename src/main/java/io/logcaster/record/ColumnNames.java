package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The columns of a {@link RecordBatchBuilder} by name. Not thread-safe. */
final class ColumnNames {

  private ColumnBuilder[] columns = new ColumnBuilder[16];

  private int count;

  /** A hash table by name with open addressing: column number + 1, 0 for a free slot. */
  private int[] places = new int[64];

  int count() {
    return count;
  }

  ColumnBuilder get(int column) {
    return columns[column];
  }

  /** The column with a name, -1 if there is none; the empty name means the message. */
  int find(byte[] bytes, int from, int to) {
    if (from == to) {
      return RecordBatchBuilder.MESSAGE;
    }
    int mask = places.length - 1;
    for (int at = (int) Hash.bytes(bytes, from, to, 0) & mask;
        places[at] != 0;
        at = at + 1 & mask) {
      if (columns[places[at] - 1].isNamed(bytes, from, to)) {
        return places[at] - 1;
      }
    }
    return -1;
  }

  /** Adds a column and returns its number. */
  int add(String name, boolean pinned) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    if (count == columns.length) {
      columns = Arrays.copyOf(columns, count * 2);
    }
    boolean repeats = count != RecordBatchBuilder.MESSAGE;
    columns[count] = new ColumnBuilder(name, nameBytes, pinned, repeats);
    count++;
    if (count * 2 > places.length) {
      places = new int[places.length * 2];
      rehash();
    } else {
      enter(count - 1);
    }
    return count - 1;
  }

  private void rehash() {
    Arrays.fill(places, 0);
    for (int i = 0; i < count; i++) {
      enter(i);
    }
  }

  private void enter(int column) {
    int mask = places.length - 1;
    byte[] name = columns[column].nameBytes;
    int at = (int) Hash.bytes(name, 0, name.length, 0) & mask;
    while (places[at] != 0) {
      at = at + 1 & mask;
    }
    places[at] = column + 1;
  }

  long memoryBytes() {
    long held = places.length * 4L;
    for (int i = 0; i < count; i++) {
      held += columns[i].memoryBytes();
    }
    return held;
  }

  /** Makes all columns forget the values of earlier batches. */
  void forgetValues() {
    for (int i = 0; i < count; i++) {
      columns[i].forget();
    }
  }

  /** Removes the columns after the last pinned one, whose number must not change. */
  void forget() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      columns[i].follower = -1;
      kept = columns[i].pinned ? i + 1 : kept;
    }
    Arrays.fill(columns, kept, count, null);
    count = kept;
    rehash();
  }
}
