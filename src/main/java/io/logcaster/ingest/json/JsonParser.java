package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects into records without allocating an object for each.
 *
 * <p>Nested objects are flattened with dots; arrays, and objects nested deeper than {@value
 * #MAX_DEPTH} or in too long a name, stay JSON text; numbers keep their text; {@code null} is
 * absent. Which names mean time, message, level, host and app {@link JsonFields} says; what becomes
 * of names that come twice, are too long or too many {@link RecordBatchBuilder}. Not thread-safe.
 */
public final class JsonParser {

  /** Deeper objects are kept as JSON text: names of that many parts are not worth searching. */
  static final int MAX_DEPTH = 32;

  /**
   * How many times longer than its longest value the text of an object may be: escapes make six
   * bytes of one, and there are other values beside it.
   */
  public static final int TEXT_FACTOR = 8;

  /** The builder cuts names that are longer, in bytes, with those of the objects around them. */
  private static final int MAX_PATH = 256;

  private final JsonScanner scanner = new JsonScanner();

  private final RecordWriter out;

  private final JsonFields fields;

  private final int maxValue;

  private final byte[][] envelopes;

  /** The names of the objects around the current value, each with its dot. */
  private final byte[] path = new byte[MAX_PATH + 8];

  private final int[] pathLengths = new int[MAX_DEPTH];

  private int end;

  /** Reads lines of containers that are records; null if lines are kept whole. */
  private final @Nullable JsonLine wrapped;

  private int brokenAt;

  private int openObjects;

  /**
   * Makes a parser.
   *
   * @param out where the records go
   * @param names the names with a meaning
   * @param maxValue a longer value is cut here, in bytes
   */
  public JsonParser(RecordWriter out, JsonNames names, int maxValue) {
    this(out, names, maxValue, List.of());
  }

  /**
   * Makes a parser.
   *
   * @param envelopes names of objects whose content counts as that of the object around them, and
   *     so on inside of them
   */
  public JsonParser(RecordWriter out, JsonNames names, int maxValue, List<String> envelopes) {
    this(out, names, maxValue, envelopes, JsonLine.withoutOrigin(out, maxValue));
  }

  private JsonParser(
      RecordWriter out,
      JsonNames names,
      int maxValue,
      List<String> envelopes,
      @Nullable JsonLine wrapped) {
    this.out = out;
    this.fields = new JsonFields(out, names);
    this.maxValue = maxValue;
    this.envelopes = envelopes.stream().map(Bytes::ascii).toArray(byte[][]::new);
    this.wrapped = wrapped;
  }

  /** A parser of Datadog's logs, whose messages may be records in JSON. */
  public static JsonParser ofDatadog(RecordWriter out, int maxValue) {
    JsonParser parser = new JsonParser(out, JsonNames.DATADOG, maxValue);
    parser.fields.wrapsAlways();
    return parser;
  }

  /** A parser of objects that stand inside something else. */
  static JsonParser inner(RecordWriter out, JsonNames names, int maxValue) {
    return new JsonParser(out, names, maxValue, List.of(), null);
  }

  JsonFields fields() {
    return fields;
  }

  /** Whether the last failure was that the text ended before the object did. */
  public boolean needsMore() {
    return scanner.isAtEnd();
  }

  /** The index of the first byte that is not white space. */
  public int skipSpace(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && JsonScanner.isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  /** The index after the object that was read last. */
  public int end() {
    return end;
  }

  /** The index where the last object became malformed. */
  int brokenAt() {
    return brokenAt;
  }

  /** How many objects were open where the last one became malformed. */
  int openObjects() {
    return openObjects;
  }

  /**
   * Sets the current record from the object at the beginning of a range, without ending it.
   *
   * @param gelf whether the object follows GELF: numeric levels are syslog's, and the underscore
   *     before the names of additional fields goes
   * @param cut whether the text was cut at the end of the range, so that an object may break off
   * @return null, or why there is no object; the caller discards the record then
   */
  public @Nullable String parse(byte[] bytes, int from, int to, boolean gelf, boolean cut) {
    String error = read(bytes, from, to, gelf, cut);
    if (error == null && wrapped != null && fields.wrapsRecord()) {
      BestCandidate line = fields.message();
      if (!wrapped.addIfRecord(line.bytes(), line.from(), line.to())) {
        // Not a record: discard what was added.
        out.builder().rollback();
        error = read(bytes, from, to, gelf, cut);
      }
    }
    return error;
  }

  private @Nullable String read(byte[] bytes, int from, int to, boolean gelf, boolean cut) {
    fields.begin(gelf);
    scanner.begin(bytes, to);
    brokenAt = -1;
    openObjects = 0;
    String error = object(bytes, from, to);
    if (error != null && !(cut && scanner.isAtEnd())) {
      brokenAt = (brokenAt < 0) ? Math.min(scanner.failedAt(), to) : brokenAt;
      return error;
    }
    fields.finish();
    return null;
  }

  private @Nullable String object(byte[] bytes, int from, int to) {
    int at = scanner.skipSpace(from);
    if (at >= to || bytes[at] != '{') {
      return scanner.fail("an object", at);
    }
    int depth = 0;
    openObjects = 1;
    int pathLength = 0;
    at = scanner.skipSpace(at + 1);
    boolean first = true;
    while (true) {
      if (at >= to) {
        return scanner.fail("'}'", at);
      }
      byte next = bytes[at];
      if (next == '}') {
        at++;
        if (depth == 0) {
          end = at;
          return null;
        }
        pathLength = pathLengths[--depth];
        openObjects = depth + 1;
        first = false;
        at = scanner.skipSpace(at);
        continue;
      }
      if (!first) {
        if (next != ',') {
          return scanner.fail("',' or '}'", at);
        }
        at = scanner.skipSpace(at + 1);
      }
      if (at >= to || bytes[at] != '"') {
        return scanner.fail("a name", at);
      }
      at = scanner.string(at + 1);
      if (at < 0) {
        return scanner.error();
      }
      byte[] nameBytes = scanner.textBytes();
      int nameFrom = scanner.textFrom();
      int nameTo = scanner.textTo();
      at = scanner.skipSpace(at);
      if (at >= to || bytes[at] != ':') {
        return scanner.fail("':'", at);
      }
      at = scanner.skipSpace(at + 1);
      if (at >= to) {
        return scanner.fail("a value", at);
      }
      byte kind = bytes[at];
      if (kind == '{' && depth < MAX_DEPTH && pathLength + nameTo - nameFrom < MAX_PATH) {
        pathLengths[depth++] = pathLength;
        openObjects = depth + 1;
        if (pathLength > 0 || !isEnvelope(nameBytes, nameFrom, nameTo)) {
          System.arraycopy(nameBytes, nameFrom, path, pathLength, nameTo - nameFrom);
          pathLength += nameTo - nameFrom;
          path[pathLength++] = '.';
        }
        at = scanner.skipSpace(at + 1);
        first = true;
        continue;
      }
      if (pathLength > 0) {
        int length = Math.min(nameTo - nameFrom, path.length - pathLength);
        System.arraycopy(nameBytes, nameFrom, path, pathLength, length);
        nameTo = pathLength + length;
        nameFrom = 0;
        nameBytes = path;
      }
      int column = fields.column(nameBytes, nameFrom, nameTo, pathLength == 0);
      int value = at;
      at = scanner.value(at);
      if (at < 0) {
        if (scanner.isAtEnd() && (kind == '"' || kind == '{' || kind == '[')) {
          set(column);
        }
        brokenAt = value;
        return scanner.error();
      }
      if (kind != 'n' || !scanner.isNull()) {
        set(column);
      }
      at = scanner.skipSpace(at);
      first = false;
    }
  }

  private boolean isEnvelope(byte[] name, int from, int to) {
    for (byte[] envelope : envelopes) {
      if (Bytes.equal(name, from, to, envelope)) {
        return true;
      }
    }
    return false;
  }

  private void set(int column) {
    if (column < 0) {
      return;
    }
    byte[] text = scanner.textBytes();
    int from = scanner.textFrom();
    int to = scanner.textTo();
    if (to - from > maxValue) {
      to = Bytes.cut(text, from, maxValue);
      out.cut();
    }
    fields.set(column, text, from, to);
  }
}
