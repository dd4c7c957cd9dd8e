package io.logcaster.ingest.lumberjack;

import io.logcaster.delivery.Spans.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of one connection's events, to find those that were left out. Most senders begin with
 * 1 in each window; some count on. Numbers that are left out are a loss only once their window is
 * acknowledged: until then the sender keeps the window and sends it again.
 */
final class WindowNumbers {

  private List<Span> missing = new ArrayList<>();
  private long count;

  /** The last number of the connection; 0 before the first. */
  private long last;

  private boolean begun;

  /**
   * Begins a window.
   *
   * @param awaited how many events of the window before it never came
   */
  void window(long awaited) {
    if (begun && awaited > 0) {
      missing.add(new Span(last + 1, last + awaited));
    }
    begun = false;
  }

  void event(long number) {
    count++;
    boolean first = !begun;
    boolean anew = first && (number == 1 || last == 0);
    if (!anew && number > last + 1) {
      missing.add(new Span(last + 1, number - 1));
    }
    last = first ? number : Math.max(last, number);
    begun = true;
  }

  /** How many events came since the last call. */
  long takeCount() {
    long taken = count;
    count = 0;
    return taken;
  }

  /** What was left out since the last call. */
  List<Span> takeMissing() {
    List<Span> taken = missing;
    missing = new ArrayList<>();
    return taken;
  }
}
