package io.logcaster.delivery;

import java.util.ArrayList;
import java.util.List;

/** Numbers in the order in which they came, as spans without gaps. Not thread-safe. */
public final class Spans {

  private List<Span> spans = new ArrayList<>();
  private long from;
  private long to = -1;

  /**
   * Numbers without a gap.
   *
   * @param from the first
   * @param to the last
   */
  public record Span(long from, long to) {

    /** How many there are. */
    public long count() {
      return to - from + 1;
    }
  }

  /** Adds a number. */
  public void add(long number) {
    if (to >= from && number == to + 1) {
      to = number;
      return;
    }
    close();
    from = number;
    to = number;
  }

  private void close() {
    if (to >= from) {
      spans.add(new Span(from, to));
    }
  }

  public boolean isEmpty() {
    return to < from;
  }

  /** Removes and returns all spans. */
  public List<Span> take() {
    close();
    List<Span> taken = spans;
    spans = new ArrayList<>();
    from = 0;
    to = -1;
    return taken;
  }

  /** Whether some spans leave out numbers, also after a number before them. */
  static boolean haveGaps(long before, List<Span> spans) {
    long expected = before + 1;
    for (Span span : spans) {
      if (expected > 0 && span.from() > expected) {
        return true;
      }
      expected = span.to() + 1;
    }
    return false;
  }
}
