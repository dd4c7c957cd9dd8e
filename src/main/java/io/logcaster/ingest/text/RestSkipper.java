package io.logcaster.ingest.text;

/**
 * Skips the rest of a message that was cut at the limit: up to its delimiter, to the end of its
 * object, or as many octets as its count says. Where the count was wrong, or the delimiter is
 * missing, it stops at the next message. Not thread-safe.
 */
final class RestSkipper {

  /** How much of the end of skipped bytes stays at hand: a counted message may begin there. */
  private static final int KEPT = OctetCount.LENGTH + SyslogHeads.LENGTH;

  private final MessageEnds ends;

  private final ObjectCutter objects;

  private final CountedFrames frames;

  /** Whether the rest reaches to the end of the message, wherever that is. */
  private boolean toEnd;

  /** How many octets of the rest are left; 0 where they are not counted. */
  private long octets;

  RestSkipper(MessageEnds ends, ObjectCutter objects, CountedFrames frames) {
    this.ends = ends;
    this.objects = objects;
    this.frames = frames;
  }

  /** Continues where another one stopped. */
  void continueAs(RestSkipper before) {
    toEnd = before.toEnd;
    octets = before.octets;
  }

  /** Whether the rest of a message is being skipped. */
  boolean isActive() {
    return toEnd || octets > 0;
  }

  /** Begins to skip until a message ends. */
  void beginToEnd(byte first, TextProtocol protocol) {
    toEnd = true;
    ends.beginSkipping(first, protocol);
  }

  /** Begins to skip counted octets. */
  void begin(long count) {
    octets = count;
  }

  /** Treats the current position as the beginning of a message. */
  void stop() {
    toEnd = false;
    octets = 0;
    objects.stopSkipping();
  }

  /**
   * Skips what is there of the rest.
   *
   * @param counting whether the sender counts octets
   * @return how far; -1 where more bytes are needed
   */
  int skip(byte[] bytes, int from, int to, boolean quiet, boolean counting) {
    if (octets > 0) {
      return skipOctets(bytes, from, to);
    }
    if (counting) {
      int line = ends.nextDelimiter(bytes, from, to);
      int head = frames.next(bytes, from, line);
      if (head == line && line < to) {
        ends.decide(bytes[line]);
      }
      toEnd = head == to;
      if (!toEnd) {
        objects.stopSkipping();
      }
      int sure = Math.max(from, to - KEPT);
      return !toEnd ? head : (sure > from) ? sure : -1;
    }
    if (objects.isSkipping()) {
      int at = objects.skip(bytes, from, to);
      toEnd = objects.isSkipping();
      return (at > from || !toEnd) ? at : -1;
    }
    int at = ends.skip(bytes, from, to, quiet);
    toEnd = !ends.isFound();
    return at;
  }

  private int skipOctets(byte[] bytes, int from, int to) {
    int reach = (int) Math.min(octets, to - from);
    int head = frames.nextDated(bytes, from, from + reach);
    if (head < from + reach) {
      octets = 0;
      return head;
    }
    int sure = (octets > reach) ? Math.max(from, from + reach - KEPT) : from + reach;
    octets -= sure - from;
    return (sure > from) ? sure : -1;
  }
}
