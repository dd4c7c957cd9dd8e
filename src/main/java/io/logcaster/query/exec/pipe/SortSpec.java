package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.exec.frame.SortValue;
import io.logcaster.record.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SortOperator} does.
 *
 * @param keys the fields to sort by; none for all fields
 * @param descending the direction of a sort by all fields
 * @param partition the fields whose values make partitions
 * @param offset how many rows of each partition to leave out
 * @param limit how many rows of each partition to give then, 0 for all
 * @param rank the field that gets a row's place, counted from 1; null for none
 */
public record SortSpec(
    List<SortKey> keys,
    boolean descending,
    List<String> partition,
    long offset,
    long limit,
    @Nullable String rank) {

  /** All rows by their times, oldest first. */
  public static final SortSpec BY_TIME =
      new SortSpec(List.of(new SortKey(Field.TIME, false)), false, List.of(), 0, 0, null);

  /**
   * Up to this many rows are read only when it is known that they are in the result; each keeps the
   * description of its block in memory until then.
   */
  private static final int MAX_UNREAD = 10_000;

  public SortSpec {
    keys = List.copyOf(keys);
    partition = List.copyOf(partition);
  }

  /** The specification of a {@code sort} pipe. */
  public static SortSpec of(SortPipe sort) {
    return new SortSpec(
        turned(sort.keys(), sort.descending()),
        sort.descending(),
        sort.partition(),
        sort.offset(),
        sort.limit(),
        sort.rank());
  }

  /** The specification of a {@code first} or {@code last} pipe. */
  public static SortSpec of(FirstPipe first) {
    return new SortSpec(
        turned(first.keys(), first.last()),
        first.last(),
        first.partition(),
        0,
        Math.max(1, first.limit()),
        first.rank());
  }

  /** Keys in the direction of the whole sort. */
  private static List<SortKey> turned(List<SortKey> keys, boolean descending) {
    return keys.stream()
        .map((key) -> new SortKey(key.field(), key.descending() != descending))
        .toList();
  }

  /** How many rows of each partition matter, where there is a limit. */
  long end() {
    // Both may be as large as a long is.
    return (limit > Long.MAX_VALUE - offset) ? Long.MAX_VALUE : offset + limit;
  }

  /** Whether the result has so few rows that their values may be read at the end. */
  boolean isShort() {
    return limit > 0 && partition.isEmpty() && end() <= MAX_UNREAD;
  }

  /** Whether the result is only the rows with the first or last times. */
  boolean isByTime() {
    return limit > 0
        && partition.isEmpty()
        && !keys.isEmpty()
        && keys.getFirst().field().equals(Field.TIME);
  }

  /** Whether the first key sorts in descending order. */
  boolean isFirstDescending() {
    return !keys.isEmpty() && keys.getFirst().descending();
  }

  /** Compares rows in the order of the result. */
  int compare(SortedRow a, SortedRow b) {
    for (int i = 0; i < a.keys().size(); i++) {
      int result = SortValue.compare(a.keys().get(i), b.keys().get(i));
      if (result != 0) {
        return (keys.isEmpty() ? descending : keys.get(i).descending()) ? -result : result;
      }
    }
    return Long.compare(a.sequence(), b.sequence());
  }
}
