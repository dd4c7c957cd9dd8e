package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.record.RecordBatchBuilder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one sender into messages, which {@link MessageReader} reads.
 *
 * <p>Messages end at a line feed or at NUL. The first delimiter of a connection applies to all its
 * messages, so that NUL-terminated messages may hold line feeds. A JSON object ends where it
 * closes, whatever follows; see {@link ObjectCutter}. A connection that begins with syslog may
 * count octets instead ({@code 42 <34>1 …}, RFC 6587), each message as it likes, or have nothing
 * between its messages, see {@link CountedFrames} and {@link SyslogHeads}. {@link Continuation}
 * distinguishes a line feed inside a message from one at its end. A message above the limit is cut
 * there and the rest of it skipped. How the bytes were split on their way does not matter. Not
 * thread-safe.
 */
public final class TextDecoder {

  /**
   * Bytes around the longest message: its octet count, its delimiter, and what must be seen behind
   * it to know that it ends there.
   */
  static final int FRAME_ROOM = 32;

  private final RecordBatchBuilder builder;

  private final MessageReader reader;

  private final int limit;

  private final MessageEnds ends = new MessageEnds();

  private final ObjectCutter objects;

  private final CountedFrames frames;

  private final RestSkipper rest;

  /** Whether the sender has counted the octets of a message. */
  private boolean counting;

  private final byte @Nullable [] exitWord;

  private boolean exited;

  /**
   * Makes a decoder.
   *
   * @param limit the longest message in bytes, and the longest value of an object
   * @param largeObjects whether there is room for a text of an object above the limit, up to
   *     {@value JsonParser#TEXT_FACTOR} times of it; asked at the first such object
   * @param exitWord a line that ends the session; null without one
   * @param before an earlier decoder of the same connection, whose place this one takes; null for
   *     none
   */
  public TextDecoder(
      RecordWriter out,
      int limit,
      BooleanSupplier largeObjects,
      byte @Nullable [] exitWord,
      @Nullable TextDecoder before) {
    this.builder = out.builder();
    this.reader = new MessageReader(out, limit);
    this.limit = limit;
    this.objects = new ObjectCutter(reader, ends, limit, largeObjects);
    this.frames = new CountedFrames(limit);
    this.rest = new RestSkipper(ends, objects, frames);
    this.exitWord = exitWord;
    if (before != null) {
      ends.continueAs(before.ends);
      reader.continueAs(before.reader);
      objects.continueAs(before.objects);
      rest.continueAs(before.rest);
      counting = before.counting;
    }
  }

  /** Reads every message as one protocol, whatever it looks like. */
  public TextDecoder only(TextProtocol protocol) {
    reader.only(protocol);
    if (protocol.endsWithNul()) {
      ends.delimiter(0);
    }
    return this;
  }

  /** A decoder for blocks of whole lines, without octet counts. */
  public static TextDecoder ofLines(RecordWriter out, int limit) {
    TextDecoder decoder = new TextDecoder(out, limit, () -> true, null, null);
    decoder.ends.delimiter('\n');
    decoder.reader.protocol(TextProtocol.LINES);
    return decoder;
  }

  /** A decoder for single messages, as in datagrams. */
  public static TextDecoder ofMessages(RecordWriter out, int limit) {
    TextDecoder decoder = new TextDecoder(out, limit, () -> true, null, null);
    decoder.reader.protocol(TextProtocol.SYSLOG);
    return decoder;
  }

  /**
   * Reads a single message, which may have line feeds.
   *
   * @param gelf whether a JSON object is GELF
   * @return false if there are only delimiters
   */
  public boolean single(byte[] bytes, int from, int to, boolean gelf) {
    int end = to;
    while (end > from && isDelimiter(bytes[end - 1])) {
      end--;
    }
    if (from == end) {
      return false;
    }
    reader.gelf(gelf);
    reader.forget();
    if (objects.isTooLong(bytes, from, end)) {
      cut(bytes, from);
    } else {
      read(bytes, from, end, false);
    }
    reader.finish();
    return true;
  }

  /** Keeps a message that could not be read as what it looked like. */
  public void unreadable(String reason, byte[] message) {
    reader.strange(reason, message, 0, message.length);
  }

  /** The most bytes of a message that must be in the buffer. */
  public int longest() {
    return objects.limit() + FRAME_ROOM;
  }

  /** How many bytes of memory it holds beside the records. */
  public int memoryBytes() {
    return reader.memoryBytes();
  }

  /** Ends a line that came in parts, of which the last one is missing. */
  public void finish() {
    reader.finish();
  }

  /** What the sender speaks. */
  public TextProtocol protocol() {
    return reader.protocol();
  }

  /** Whether the sender asked to end the session. */
  public boolean exited() {
    return exited;
  }

  /** Returns and resets the number of wrong octet counts. */
  public long takeWrongCounts() {
    return frames.takeWrong();
  }

  /** Whether the sender is known to delimit or count its messages. */
  public boolean delimits() {
    return counting || !ends.isUndecided();
  }

  /**
   * Reads as many complete messages as there are, or as the batch has room for.
   *
   * @param quiet whether the sender has paused, so that doubtful bytes are read as what they most
   *     likely are
   * @return the index up to which the bytes were used; the next call begins there
   */
  public int decode(byte[] bytes, int from, int to, boolean quiet) {
    int at = from;
    while (at < to && !exited && !builder.isFull()) {
      // What lies beyond must not count: whether it is there depends on the reads.
      int room = longest();
      int reach = (to - at > room) ? at + room : to;
      int next = message(bytes, at, reach, quiet && reach == to);
      if (next >= 0) {
        at = next;
      } else if (reach == to || room == longest()) {
        break;
      }
    }
    if (quiet) {
      reader.finish();
    }
    return at;
  }

  /**
   * Reads the rest when the sender has ended or stalled: a last message without its end.
   *
   * @return the index up to which the bytes were used; before their end only if the batch is full
   */
  public int end(byte[] bytes, int from, int to) {
    int at = decode(bytes, from, to, true);
    while (at < to && !exited && !builder.isFull()) {
      int end = to;
      if (!rest.isActive()) {
        int start = protocol().padsDelimiters() ? skipFillers(bytes, at, to) : at;
        int counted = protocol().mayBeSyslog() ? OctetCount.at(bytes, start, to) : 0;
        start = (counted > 0) ? OctetCount.after(bytes, start) : start;
        end = objects.endOfLast(bytes, start, to);
        if (start < end) {
          last(bytes, start, end);
        }
      }
      forget();
      at = decode(bytes, end, to, true);
    }
    reader.finish();
    forget();
    return exited ? to : at;
  }

  private void last(byte[] bytes, int from, int to) {
    if (objects.hasTextBehind()) {
      objects.textBehindIsRead();
      reader.behindObject(bytes, from, to);
    } else {
      read(bytes, from, to, false);
    }
  }

  private void forget() {
    rest.stop();
    ends.begin();
    objects.begin();
  }

  /**
   * Reads a message without its end, whose sender has stalled, as {@link #end} does.
   *
   * @return the index up to which the bytes were used
   */
  public int unfinished(byte[] bytes, int from, int to) {
    return rest.isActive() ? from : end(bytes, from, to);
  }

  /** Whether the bytes begin an object or a counted message that is not complete. */
  public boolean expectsMore(byte[] bytes, int from, int to) {
    return from < to
        && (objects.isOpen(bytes, from)
            || (protocol().mayBeSyslog() && OctetCount.at(bytes, from, to) > 0));
  }

  /**
   * Reads one line by itself.
   *
   * @param cut whether it was cut at its end
   */
  public void line(byte[] bytes, int from, int to, boolean cut) {
    read(bytes, from, to, cut);
  }

  /** Uses one message and returns the index after it; -1 when it is not complete yet. */
  private int message(byte[] bytes, int from, int to, boolean quiet) {
    if (rest.isActive()) {
      return rest.skip(bytes, from, to, quiet, counting);
    }
    if (objects.isBehindOne()) {
      int next = objects.next(bytes, from, to);
      if (next > from) {
        return next;
      }
    }
    if (!objects.hasTextBehind() && ends.isAtBeginning()) {
      int start = protocol().padsDelimiters() ? skipFillers(bytes, from, to) : from;
      if (start > from) {
        return start;
      }
      if (protocol().mayBeSyslog() && Bytes.isDigit(bytes[from])) {
        int counted = OctetCount.at(bytes, from, to);
        if (counted > 0) {
          return counted(bytes, from, to, counted, quiet);
        }
        if (counted < 0 && !quiet) {
          return -1;
        }
      }
    }
    if (bytes[from] == '{' && reader.takesObjects()) {
      int next = objects.message(bytes, from, to, quiet);
      if (next == ObjectCutter.TOO_LONG) {
        rest.beginToEnd(bytes[from], protocol());
        return cut(bytes, from);
      }
      return next;
    }
    return plain(bytes, from, to, quiet);
  }

  private int plain(byte[] bytes, int from, int to, boolean quiet) {
    if (counting && bytes[from] != '<') {
      // A message without a count among counted ones ends at the next count.
      int line = ends.nextDelimiter(bytes, from, Math.min(to, from + limit));
      int head = frames.next(bytes, from + 1, line);
      if (head < line) {
        ends.begin();
        objects.textBehindIsRead();
        reader.strange("syslog: no octet count", bytes, from, head);
        return head;
      }
    }
    boolean behindObject = objects.hasTextBehind();
    int end =
        behindObject
            ? ends.findLine(bytes, from, to, quiet, limit)
            : ends.find(bytes, from, to, quiet, protocol(), limit);
    if (end < 0) {
      if (ends.isEndUnknown() || to - from <= limit) {
        return -1;
      }
      rest.beginToEnd(bytes[from], protocol());
      return cut(bytes, from);
    }
    ends.begin();
    if (behindObject) {
      objects.textBehindIsRead();
      reader.behindObject(bytes, from, withoutLineEnd(bytes, from, end));
    } else {
      read(bytes, from, end, false);
    }
    return end + ends.width();
  }

  private static boolean isDelimiter(byte b) {
    return b == '\n' || b == '\r' || b == 0;
  }

  private static int skipFillers(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isDelimiter(bytes[at])) {
      at++;
    }
    return at;
  }

  private int counted(byte[] bytes, int from, int to, int count, boolean quiet) {
    int start = OctetCount.after(bytes, from);
    int end = frames.end(bytes, start, count, to, quiet);
    if (end == CountedFrames.WAIT) {
      return -1;
    }
    counting = true;
    if (end == CountedFrames.OVERSIZE || end - start > limit) {
      rest.begin((end > 0) ? end - start - limit : count - limit);
      return cut(bytes, start);
    }
    read(bytes, start, end, false);
    return end;
  }

  /** Reads the beginning of a message that is too long and returns where the rest begins. */
  private int cut(byte[] bytes, int from) {
    ends.begin();
    int most = (bytes[from] == '{') ? objects.cutLimit() : limit;
    objects.begin();
    if (objects.hasTextBehind()) {
      objects.textBehindIsRead();
      reader.behindObject(bytes, from, from + most + 1);
    } else {
      read(bytes, from, Bytes.cut(bytes, from, most), true);
    }
    return from + most;
  }

  private static int withoutLineEnd(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && (bytes[end - 1] == '\r' || bytes[end - 1] == '\n')) {
      end--;
    }
    return end;
  }

  /** Reads one message, which becomes a record unless it is empty. */
  private void read(byte[] bytes, int from, int to, boolean cut) {
    int end = withoutLineEnd(bytes, from, to);
    if (from == end) {
      return;
    }
    if (exitWord != null && Bytes.equal(bytes, from, end, exitWord)) {
      exited = true;
      return;
    }
    if (ends.delimiter() == 0) {
      reader.gelf(true);
    }
    reader.read(bytes, from, end, cut);
  }
}
