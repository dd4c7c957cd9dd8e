package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows with some field that a matcher lets pass. A name that no row has stands for all the fields
 * that are missing, whose value is empty.
 */
final class AnyFieldMatcher extends RowMatcher {

  private static final Set<String> LEFT_OUT = Set.of(Field.TIME, Field.STREAM, Field.STREAM_ID);

  private final String beginning;

  private final Function<String, RowMatcher> matchers;

  private final int cost;

  /**
   * Creates a matcher.
   *
   * @param beginning how the names of the fields begin
   * @param matchers gives the matcher of a field
   */
  AnyFieldMatcher(String beginning, Function<String, RowMatcher> matchers) {
    this.beginning = beginning;
    this.matchers = matchers;
    cost = matchers.apply(missing()).cost() * 10;
  }

  private String missing() {
    return beginning + '\0';
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Bitmap left = rows.copy();
    take(missing(), frame, left);
    List<String> names = frame.names();
    for (int i = 0; i < names.size() && !left.isEmpty(); i++) {
      String name = names.get(i);
      if (name.startsWith(beginning) && !LEFT_OUT.contains(name)) {
        take(name, frame, left);
      }
    }
    rows.andNot(left);
  }

  /** Clears the rows that a field lets pass. */
  private void take(String name, Frame frame, Bitmap left) {
    Bitmap passing = left.copy();
    matchers.apply(name).retain(frame, passing);
    left.andNot(passing);
  }

  @Override
  int cost() {
    return cost;
  }
}
