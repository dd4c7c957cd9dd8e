package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.raw.RawParser;
import io.logcaster.ingest.syslog.SyslogParser;
import io.logcaster.record.RecordBatchBuilder;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one sender into messages and reads each as what it looks like: syslog after
 * {@code <}, JSON after <code>{</code>, else a plain line.
 *
 * <p>Messages end at a line feed or at NUL. The first delimiter that is seen counts for the whole
 * connection, so that NUL-terminated messages may hold line feeds. A connection that begins with
 * syslog may count octets instead ({@code 42 <34>1 …}, RFC 6587), each message as it likes, or have
 * nothing between its messages, see {@link SyslogHeads}. A line feed inside a message is told from
 * one at its end as {@link Continuation} says. A message above the limit is cut there and the rest
 * of it skipped. Not thread-safe.
 */
public final class TextDecoder {

  /** Bytes beside a longest message: its octet count and its delimiter. */
  public static final int FRAME_ROOM = 32;

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final SyslogParser syslog;

  private final JsonParser json;

  private final RawParser raw;

  private final int limit;

  /** The limit for the text of an object; its values have the other one. */
  private int objectLimit;

  private final BooleanSupplier largeObjects;

  private final MessageEnds ends = new MessageEnds();

  private @Nullable String protocol;

  private @Nullable TextFormat only;

  /** Whether the rest of a cut message is being skipped, up to its delimiter. */
  private boolean skipping;

  /** How many bytes of a cut, counted message are still to be skipped. */
  private long skipBytes;

  private final byte @Nullable [] exitWord;

  private boolean exited;

  /**
   * Makes a decoder.
   *
   * @param limit the longest message in bytes, and the longest value of an object
   * @param largeObjects whether there is room for a text of an object above the limit, up to
   *     {@value JsonParser#TEXT_FACTOR} times of it; asked at the first such object
   * @param exitWord a line that ends the session; null for none
   * @param before the decoder of the same connection that this one goes on for; null for none
   */
  public TextDecoder(
      RecordWriter out,
      int limit,
      BooleanSupplier largeObjects,
      byte @Nullable [] exitWord,
      @Nullable TextDecoder before) {
    this.out = out;
    this.builder = out.builder();
    this.syslog = new SyslogParser(out, limit);
    this.json = new JsonParser(out, JsonNames.DEFAULT, limit);
    this.raw = new RawParser(out);
    this.limit = limit;
    this.objectLimit = limit;
    this.largeObjects = largeObjects;
    this.exitWord = exitWord;
    if (before != null) {
      ends.continueAs(before.ends);
      protocol = before.protocol;
      skipping = before.skipping;
      skipBytes = before.skipBytes;
    }
  }

  /** Takes every message for one format, whatever it looks like. */
  public TextDecoder only(TextFormat format) {
    only = format;
    protocol = format.name().toLowerCase(Locale.ROOT);
    if (format == TextFormat.GELF) {
      ends.delimiter(0);
    }
    return this;
  }

  /** A decoder of blocks of lines, each block complete: nothing in them counts octets. */
  public static TextDecoder ofLines(RecordWriter out, int limit) {
    TextDecoder decoder = new TextDecoder(out, limit, () -> true, null, null);
    decoder.ends.delimiter('\n');
    decoder.protocol = "lines";
    return decoder;
  }

  /** A decoder of messages that stand alone, as in datagrams. */
  public static TextDecoder ofMessages(RecordWriter out, int limit) {
    TextDecoder decoder = new TextDecoder(out, limit, () -> true, null, null);
    decoder.protocol = "syslog";
    return decoder;
  }

  /**
   * Reads one message by itself, line feeds included.
   *
   * @param gelf whether it is GELF if it is JSON
   */
  public void single(byte[] bytes, int from, int to, boolean gelf) {
    int end = to;
    while (end > from && bytes[end - 1] == 0) {
      end--;
    }
    ends.delimiter(gelf ? 0 : '\n');
    if (isTooLong(bytes, from, end)) {
      cut(bytes, from);
    } else {
      read(bytes, from, end, false);
    }
  }

  /** The longest message that may have to be at hand. */
  public int longest() {
    return objectLimit + FRAME_ROOM;
  }

  /** What the sender speaks: {@code syslog}, {@code json}, {@code gelf} or {@code raw}. */
  public @Nullable String protocol() {
    return protocol;
  }

  /** Whether the sender asked to end the session. */
  public boolean exited() {
    return exited;
  }

  /**
   * Reads as many complete messages as there are, or as the batch has room for.
   *
   * @param quiet whether nothing more came for a while, so that a doubtful beginning is taken for
   *     what it most likely is
   * @return how far the bytes were used; the next call begins there
   */
  public int decode(byte[] bytes, int from, int to, boolean quiet) {
    int at = from;
    while (at < to && !exited && !builder.isFull()) {
      int next = message(bytes, at, to, quiet);
      if (next < 0) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** Reads what is left when the sender has ended: a last message without delimiter. */
  public void end(byte[] bytes, int from, int to) {
    if (skipBytes == 0 && !skipping && from < to && !exited) {
      int start = hasFillers() ? skipFillers(bytes, from, to) : from;
      int counted = (protocol == null || isSyslog()) ? OctetCount.at(bytes, start, to) : 0;
      read(bytes, (counted > 0) ? OctetCount.after(bytes, start) : start, to, false);
    }
    skipping = false;
    skipBytes = 0;
    ends.begin();
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
    if (skipBytes > 0) {
      int skipped = (int) Math.min(skipBytes, to - from);
      skipBytes -= skipped;
      return from + skipped;
    }
    if (skipping) {
      int at = ends.skip(bytes, from, to, quiet);
      skipping = !ends.isFound();
      return at;
    }
    int start = from;
    if (ends.isAtBeginning()) {
      start = hasFillers() ? skipFillers(bytes, from, to) : from;
      if (start > from) {
        return start;
      }
      if ((protocol == null || isSyslog()) && Bytes.isDigit(bytes[from])) {
        int counted = OctetCount.at(bytes, from, to);
        if (counted > 0) {
          return counted(bytes, from, to, counted);
        }
        if (counted < 0 && !quiet) {
          return -1;
        }
      }
    }
    int end = ends.find(bytes, from, to, quiet, protocol, limit);
    if (end < 0) {
      if (!isTooLong(bytes, from, to)) {
        return -1;
      }
      skipping = true;
      ends.beginSkipping(bytes[from], protocol);
      return cut(bytes, from);
    }
    ends.begin();
    if (isTooLong(bytes, from, end)) {
      cut(bytes, from);
    } else {
      read(bytes, from, end, false);
    }
    return end + ends.width();
  }

  /** Whether a message is above its limit; objects may have a higher one. */
  private boolean isTooLong(byte[] bytes, int from, int to) {
    if (bytes[from] != '{') {
      return to - from > limit;
    }
    if (to - from > objectLimit && objectLimit == limit && largeObjects.getAsBoolean()) {
      objectLimit = limit * JsonParser.TEXT_FACTOR;
    }
    return to - from > objectLimit;
  }

  private boolean isSyslog() {
    return "syslog".equals(protocol);
  }

  /** Whether delimiters before a message mean nothing, as where two of them end each. */
  private boolean hasFillers() {
    return isSyslog() || "gelf".equals(protocol);
  }

  private static int skipFillers(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == 0)) {
      at++;
    }
    return at;
  }

  private int counted(byte[] bytes, int from, int to, int count) {
    int start = OctetCount.after(bytes, from);
    if (count > limit) {
      if (to - start < limit) {
        return -1;
      }
      cut(bytes, start);
      skipBytes = (long) count - limit;
      return start + limit;
    }
    if (to - start < count) {
      return -1;
    }
    int end = start + count;
    read(bytes, start, end, false);
    return end;
  }

  /** Reads the beginning of a message that is too long and returns where the rest begins. */
  private int cut(byte[] bytes, int from) {
    ends.begin();
    int most = (bytes[from] == '{') ? objectLimit : limit;
    read(bytes, from, Bytes.cut(bytes, from, most), true);
    return from + most;
  }

  /** Reads one message, which becomes a record unless it is empty. */
  private void read(byte[] bytes, int from, int to, boolean cut) {
    int end = to;
    while (end > from && (bytes[end - 1] == '\r' || bytes[end - 1] == '\n')) {
      end--;
    }
    if (from == end) {
      return;
    }
    if (exitWord != null && Bytes.equal(bytes, from, end, exitWord)) {
      exited = true;
      return;
    }
    if (cut) {
      out.cut();
    }
    if (only != null && !only.mayBegin(bytes[from])) {
      strange(only, bytes, from, end);
      return;
    }
    switch (bytes[from]) {
      case '<' -> syslog(bytes, from, end);
      case '{' -> json(bytes, from, end, cut);
      default -> {
        speaks("raw");
        raw.parse(bytes, from, end);
        out.end();
      }
    }
  }

  /** Reads what does not begin as all messages should. */
  private void strange(TextFormat format, byte[] bytes, int from, int to) {
    if (format == TextFormat.RAW) {
      raw.parse(bytes, from, to);
      out.end();
    } else {
      out.endAsRaw(format.error(), bytes, from, to);
    }
  }

  private void syslog(byte[] bytes, int from, int to) {
    if (protocol != null && !isSyslog() && SyslogParser.skipPriority(bytes, from, to) < 0) {
      // A line of markup among plain lines.
      raw.parse(bytes, from, to);
      out.end();
      return;
    }
    speaks("syslog");
    String error = syslog.parse(bytes, from, to);
    if (error == null) {
      out.end();
    } else {
      out.endAsRaw(error, bytes, from, to);
    }
  }

  private void json(byte[] bytes, int from, int to, boolean cut) {
    boolean gelf = ends.delimiter() == 0;
    speaks(gelf ? "gelf" : "json");
    int at = from;
    while (at < to) {
      String error = json.parse(bytes, at, to, gelf, cut);
      if (error != null) {
        boolean tooLong = to - at > limit;
        if (tooLong) {
          out.cut();
        }
        out.endAsRaw(error, bytes, at, tooLong ? Bytes.cut(bytes, at, limit) : to);
        return;
      }
      out.end();
      if (cut) {
        return;
      }
      at = json.end();
      while (at < to && isBetweenObjects(bytes[at])) {
        at++;
      }
    }
  }

  private static boolean isBetweenObjects(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == 0;
  }

  private void speaks(String name) {
    if (protocol == null) {
      protocol = name;
    }
  }
}
