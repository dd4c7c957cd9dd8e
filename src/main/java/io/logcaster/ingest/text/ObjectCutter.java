package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.json.JsonParser;
import java.util.function.BooleanSupplier;

/**
 * Cuts the objects of JSON out of the bytes of a connection and has them read.
 *
 * <p>An object ends where it closes. What does not become one ends with its line: at a line feed
 * inside a string, after which another message begins, or at NUL where that is the connection's
 * delimiter; in front of another object that follows without anything between them; and, where
 * nothing of this comes before the limit, in front of what {@link ObjectEnds#next} takes for one.
 * Not thread-safe.
 */
final class ObjectCutter {

  /** The message is not complete yet. */
  private static final int WAIT = -1;

  /** The message is above the limit and is to be cut there. */
  static final int TOO_LONG = -2;

  /** There is nothing to be said of the object that closes; its line has to end. */
  private static final int BROKEN = -3;

  /** How many blanks to pass behind the first object to see whether NUL ends it. */
  private static final int BLANKS = 16;

  /** About the length of a usual object. */
  private static final int LOOK = 512;

  private final MessageReader reader;

  private final MessageEnds ends;

  private final ObjectEnds object = new ObjectEnds();

  private final int limit;

  private final BooleanSupplier largeObjects;

  /** The limit for the text of an object; its values have the other one. */
  private int objectLimit;

  /** Whether the last message was an object, behind which its line has not ended yet. */
  private boolean behindOne;

  /** Whether a line feed came behind that object, which ends no message there. */
  private boolean lineFeedBehind;

  /** Whether that line continues with something else. */
  private boolean textBehind;

  /** Whether the message follows an object on its line. */
  private boolean followsOne;

  private boolean skipping;

  ObjectCutter(MessageReader reader, MessageEnds ends, int limit, BooleanSupplier largeObjects) {
    this.reader = reader;
    this.ends = ends;
    this.limit = limit;
    this.objectLimit = limit;
    this.largeObjects = largeObjects;
  }

  /** Continues where another one stopped. */
  void continueAs(ObjectCutter before) {
    behindOne = before.behindOne;
    lineFeedBehind = before.lineFeedBehind;
    textBehind = before.textBehind;
    skipping = before.skipping;
    object.continueAs(before.object);
  }

  /** Begins with the next message. */
  void begin() {
    object.begin();
  }

  /** The longest text of an object. */
  int limit() {
    return objectLimit;
  }

  /** Whether a message is above its limit; objects may have a higher one. */
  boolean isTooLong(byte[] bytes, int from, int to) {
    return to - from > limit && (bytes[from] != '{' || isAboveObjectLimit(to - from));
  }

  private boolean isAboveObjectLimit(int length) {
    if (length > objectLimit && objectLimit == limit && largeObjects.getAsBoolean()) {
      objectLimit = limit * JsonParser.TEXT_FACTOR;
    }
    return length > objectLimit;
  }

  /** Whether the last message was an object, so that its line continues. */
  boolean isBehindOne() {
    return behindOne;
  }

  /** Whether what is at a place is an object that has not closed. */
  boolean isOpen(byte[] bytes, int from) {
    return bytes[from] == '{' && reader.takesObjects() && !object.isBroken();
  }

  /** Whether what is behind the last object is neither another one nor the end of its line. */
  boolean hasTextBehind() {
    return textBehind;
  }

  /**
   * Skips what may stand behind an object on its line.
   *
   * @return where its line ended, or what is on the line begins; the end of the range for neither
   */
  int next(byte[] bytes, int from, int to) {
    int at = ObjectEnds.skipSeparators(bytes, from, to);
    if (at == to) {
      return to;
    }
    behindOne = false;
    followsOne = false;
    boolean newLine = lineFeedBehind;
    lineFeedBehind = false;
    if (bytes[at] == '\n' || bytes[at] == 0) {
      ends.decide(bytes[at]);
      // Where NUL ends messages, other objects may follow on lines of their own.
      lineFeedBehind = bytes[at] == '\n' && ends.delimiter() == 0;
      behindOne = lineFeedBehind;
      return at + 1;
    }
    followsOne = bytes[at] == '{';
    textBehind = !followsOne && !newLine;
    return at;
  }

  /** Says that the text behind an object was read. */
  void textBehindIsRead() {
    textBehind = false;
  }

  /**
   * Uses one message that begins with a brace; returns the index after it, or why there is none.
   */
  int message(byte[] bytes, int from, int to, boolean quiet) {
    while (true) {
      int reach = reach(from, to);
      int stop = stop(bytes, from, reach);
      if (object.scanned() == 0 && stop < reach && isOneLine(bytes, from, stop)) {
        gelf();
        if (reader.object(bytes, from, stop, false)) {
          return behind(bytes, reader.objectEnd(), stop);
        }
      }
      int close = object.isBroken() ? ObjectEnds.NONE : object.find(bytes, from, stop);
      if (close != ObjectEnds.NONE) {
        int next = closed(bytes, from, close, to, quiet);
        if (next != BROKEN) {
          return next;
        }
        object.markBroken();
      }
      if (stop == reach && reach < to) {
        continue;
      }
      if (stop == to) {
        return incomplete(bytes, from, to, quiet);
      }
      if (isTooLong(stop - from)) {
        return tooLong(bytes, from);
      }
      Continuation goesOn = goesOn(bytes, from, stop, to);
      if (goesOn == Continuation.UNKNOWN) {
        return (quiet && ends.isUndecided()) ? byLines(from) : WAIT;
      }
      if (goesOn != Continuation.YES) {
        return endsAt(bytes, from, stop);
      }
      object.passLine(stop - from);
    }
  }

  /**
   * How far to look for the end of a line. Among objects that follow each other on one, none is
   * looked for far behind the object, which each of them would do again.
   */
  private int reach(int from, int to) {
    return (followsOne && !object.isBroken()) ? Math.min(to, from + object.scanned() + LOOK) : to;
  }

  /** Where the line ends, as far as it is known what ends lines. */
  private int stop(byte[] bytes, int from, int to) {
    int at = from + object.scanned();
    return ends.isUndecided()
        ? Bytes.indexOfEither(bytes, at, to, (byte) '\n', (byte) 0)
        : Bytes.indexOf(bytes, at, to, (byte) ends.delimiter());
  }

  /**
   * The usual case, which need not be looked at by braces. The first line of a connection may be
   * the beginning of a message that ends with NUL.
   */
  private boolean isOneLine(byte[] bytes, int from, int stop) {
    if (ends.isUndecided() || stop - from > limit) {
      return false;
    }
    int end = stop;
    while (end > from + 1 && (bytes[end - 1] == '\r' || bytes[end - 1] == ' ')) {
      end--;
    }
    return bytes[end - 1] == '}';
  }

  /** Uses the end of a line behind an object that needed no look at its braces. */
  private int behind(byte[] bytes, int close, int stop) {
    boolean endsLine = ObjectEnds.skipSeparators(bytes, close, stop) == stop;
    behindOne = !endsLine;
    followsOne = false;
    return endsLine ? stop + 1 : close;
  }

  private static int withoutReturn(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from + 1 && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  private void gelf() {
    if (ends.delimiter() == 0) {
      reader.gelf(true);
    }
  }

  /** Reads what closes at a place. */
  private int closed(byte[] bytes, int from, int close, int to, boolean quiet) {
    if (isAboveObjectLimit(close - from)) {
      return tooLong(bytes, from);
    }
    if (ends.isUndecided()) {
      int reach = Math.min(to, close + BLANKS);
      int next = skipBlanks(bytes, close, reach);
      if (next == to && reach < close + BLANKS && !quiet) {
        return WAIT;
      }
      if (next < reach && bytes[next] == 0) {
        ends.decide((byte) 0);
      }
    }
    gelf();
    if (!reader.object(bytes, from, close, false)) {
      int inside = object.next(bytes, from, close);
      if (inside < close) {
        return resume(bytes, from, inside);
      }
      boolean unknown = close == to || (bytes[close] == '{' && close + 1 == to);
      if (unknown && !quiet) {
        return WAIT;
      }
      if (!ObjectEnds.isAdjacent(bytes, close, to)) {
        return BROKEN;
      }
      reader.part(bytes, from, close);
    }
    object.begin();
    behindOne = true;
    return close;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }

  /** Whether an unclosed object continues after its line. */
  private Continuation goesOn(byte[] bytes, int from, int stop, int to) {
    if (bytes[stop] == 0 || object.isBroken()) {
      return Continuation.NO;
    }
    if (ends.isUndecided()) {
      return (stop + 1 == to)
          ? Continuation.UNKNOWN
          : bytes[stop + 1] == '{' ? Continuation.NO : Continuation.YES;
    }
    return (object.isInString() || !reader.protocol().breaksObjects())
        ? Continuation.NO
        : Continuation.ofJson(bytes, from, stop, to, object.firstLine() < 0);
  }

  /** Uses the line of an object that has not closed in it. */
  private int endsAt(byte[] bytes, int from, int stop) {
    int end = (hasLines() && bytes[stop] != 0) ? from + object.firstLine() : stop;
    ends.decide(bytes[end]);
    if (end - from > limit) {
      int next = object.next(bytes, from, end);
      if (next < end) {
        return resume(bytes, from, next);
      }
    }
    object.begin();
    gelf();
    reader.read(bytes, from, withoutReturn(bytes, from, end), false);
    return end + 1;
  }

  /** Keeps what is before the next object. */
  private int resume(byte[] bytes, int from, int next) {
    object.begin();
    behindOne = true;
    gelf();
    reader.part(bytes, from, next);
    return next;
  }

  private int incomplete(byte[] bytes, int from, int to, boolean quiet) {
    if (isTooLong(to - from)) {
      return tooLong(bytes, from);
    }
    return (hasLines() && quiet && bytes[to - 1] == '\n') ? byLines(from) : WAIT;
  }

  /** Whether it is not known yet whether the line feeds that came end messages. */
  private boolean hasLines() {
    return ends.isUndecided() && object.firstLine() >= 0;
  }

  private boolean isTooLong(int length) {
    return object.isBroken() ? length > limit : isAboveObjectLimit(length);
  }

  /** Looks at an object once more: no NUL came, so it is the line feed that ends messages. */
  private int byLines(int from) {
    ends.decide((byte) '\n');
    object.begin();
    return from;
  }

  /** Uses what is above the limit: up to the next object, or else up to the limit. */
  private int tooLong(byte[] bytes, int from) {
    if (hasLines()) {
      return byLines(from);
    }
    int end = from + cutLimit();
    int next = object.next(bytes, from, end);
    if (next < end) {
      return resume(bytes, from, next);
    }
    skipping = true;
    object.beginSkipping();
    return TOO_LONG;
  }

  /** Where a message that is too long is cut; one that is no object is cut as a line. */
  int cutLimit() {
    return object.isBroken() ? limit : objectLimit;
  }

  /** Where the last message of a connection ends that begins with a brace and was not complete. */
  int endOfLast(byte[] bytes, int from, int to) {
    return (from < to && bytes[from] == '{' && reader.takesObjects())
        ? object.next(bytes, from, to)
        : to;
  }

  /** Whether the rest of an object that was cut is being skipped. */
  boolean isSkipping() {
    return skipping;
  }

  /** Says that the rest of an object that was cut is not skipped any more. */
  void stopSkipping() {
    skipping = false;
  }

  /** Skips the rest of an object that was cut; returns how far. */
  int skip(byte[] bytes, int from, int to) {
    int at =
        object.skip(bytes, from, to, ends.isUndecided() ? ObjectEnds.EITHER : ends.delimiter());
    if (!object.isFound()) {
      return at;
    }
    skipping = false;
    behindOne = true;
    return at;
  }
}
