package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.JsonLine;
import io.logcaster.ingest.json.Logfmt;
import io.logcaster.record.RecordBatchBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one syslog message.
 *
 * <pre>
 * RFC 5424   &lt;PRI&gt;1 TIME HOST APP PROCID MSGID (- | [ID NAME="VALUE" …]…) MESSAGE
 * RFC 3164   &lt;PRI&gt;TIME HOST TAG[PID]: MESSAGE      and what else bears that name, see {@link BsdHead}
 * </pre>
 *
 * <p>The fields are {@code host}, {@code app}, {@code proc_id}, {@code msg_id}, {@code facility}
 * (its keyword), {@code level}, and structured data as {@code SD-ID.PARAM}. A message that is a log
 * record in JSON or logfmt gives its fields and its level, see {@link JsonLine} and {@link Logfmt}.
 * Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424">RFC 5424</a>
 */
public final class SyslogParser {

  private static final int MAX_PRIORITY = 191;

  private static final byte[][] FACILITIES = {
    Bytes.ascii("kern"),
    Bytes.ascii("user"),
    Bytes.ascii("mail"),
    Bytes.ascii("daemon"),
    Bytes.ascii("auth"),
    Bytes.ascii("syslog"),
    Bytes.ascii("lpr"),
    Bytes.ascii("news"),
    Bytes.ascii("uucp"),
    Bytes.ascii("cron"),
    Bytes.ascii("authpriv"),
    Bytes.ascii("ftp"),
    Bytes.ascii("ntp"),
    Bytes.ascii("security"),
    Bytes.ascii("console"),
    Bytes.ascii("solaris-cron"),
    Bytes.ascii("local0"),
    Bytes.ascii("local1"),
    Bytes.ascii("local2"),
    Bytes.ascii("local3"),
    Bytes.ascii("local4"),
    Bytes.ascii("local5"),
    Bytes.ascii("local6"),
    Bytes.ascii("local7")
  };

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final BsdHead bsd;

  private final JsonLine jsonLine;

  private final Logfmt logfmt;

  private final int facility;

  private final int messageId;

  private String error = "";

  /** The name of a parameter's field, or its value without escapes. */
  private byte[] scratch = new byte[64];

  /**
   * Makes a parser.
   *
   * @param out where the records go
   * @param maxValue a longer value of JSON is cut here, in bytes
   */
  public SyslogParser(RecordWriter out, int maxValue) {
    this.out = out;
    this.builder = out.builder();
    this.bsd = new BsdHead(out);
    this.jsonLine = JsonLine.withoutOrigin(out, maxValue);
    this.logfmt = Logfmt.withoutOrigin(out);
    this.facility = builder.column("facility");
    this.messageId = builder.column("msg_id");
  }

  /**
   * The index after {@code <PRI>} at the beginning of a range.
   *
   * @return -1 where none stands there
   */
  public static int skipPriority(byte[] bytes, int from, int to) {
    int at = from + 1;
    int end = Math.min(to, from + 5);
    while (at < end && Bytes.isDigit(bytes[at])) {
      at++;
    }
    return (at > from + 1 && at < end && bytes[at] == '>' && bytes[from] == '<') ? at + 1 : -1;
  }

  /**
   * Sets the current record from a message, without ending it.
   *
   * @return null, or why the range is not a syslog message; the record is to be taken back then
   */
  public @Nullable String parse(byte[] bytes, int from, int to) {
    return parse(bytes, from, to, true);
  }

  private @Nullable String parse(byte[] bytes, int from, int to, boolean mayBeJson) {
    int at = skipPriority(bytes, from, to);
    if (at < 0) {
      return "syslog: no priority";
    }
    int priority = Bytes.digits(bytes, from + 1, at - from - 2);
    if (priority > MAX_PRIORITY) {
      return "syslog: priority above 191";
    }
    out.syslogLevel(priority & 7);
    byte[] keyword = FACILITIES[priority >> 3];
    builder.value(facility, keyword, 0, keyword.length);
    if (at + 2 <= to && bytes[at] == '1' && bytes[at + 1] == ' ') {
      at = rfc5424(bytes, at + 2, to);
      if (at < 0) {
        return error;
      }
    } else {
      int head = at;
      while (head < to && bytes[head] == ' ') {
        head++;
      }
      int message = bsd.parse(bytes, head, to);
      at = (message < 0) ? at : message;
    }
    if (mayBeJson && JsonLine.mayBe(bytes, at, to)) {
      // Where it is none the head was taken back with it.
      return jsonLine.read(bytes, at, to) ? null : parse(bytes, from, to, false);
    }
    if (!logfmt.parse(bytes, at, to)) {
      builder.message(bytes, at, to);
    }
    return null;
  }

  /** Reads the head and returns where the message begins; -1 after an error. */
  private int rfc5424(byte[] bytes, int from, int to) {
    int at = from;
    int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
    if (!isNil(bytes, at, end)) {
      if (out.times().read(bytes, at, end) != end) {
        return failed("syslog: not an RFC 5424 time");
      }
      builder.time(out.times().time());
    }
    at = token(out.host(), bytes, end + 1, to);
    at = token(out.app(), bytes, at, to);
    at = token(out.processId(), bytes, at, to);
    at = token(messageId, bytes, at, to);
    if (at >= to) {
      return (at > to + 1) ? failed("syslog: RFC 5424 header too short") : to;
    }
    if (bytes[at] == '-') {
      at++;
    } else if (bytes[at] == '[') {
      at = structuredData(bytes, at, to);
      if (at < 0) {
        return failed("syslog: malformed structured data");
      }
    } else {
      return failed("syslog: no structured data");
    }
    if (at < to && bytes[at++] != ' ') {
      return failed("syslog: no space after the structured data");
    }
    if (to - at >= 3
        && bytes[at] == (byte) 0xEF
        && bytes[at + 1] == (byte) 0xBB
        && bytes[at + 2] == (byte) 0xBF) {
      at += 3;
    }
    return at;
  }

  private int failed(String reason) {
    error = reason;
    return -1;
  }

  /** Sets a column from the text up to the next space and returns the index after that. */
  private int token(int column, byte[] bytes, int from, int to) {
    if (from >= to) {
      return from + 1;
    }
    int end = Bytes.indexOf(bytes, from, to, (byte) ' ');
    if (!isNil(bytes, from, end)) {
      builder.value(column, bytes, from, end);
    }
    return end + 1;
  }

  private static boolean isNil(byte[] bytes, int from, int to) {
    return to - from == 1 && bytes[from] == '-';
  }

  /** Reads elements and returns the index after the last one, -1 where one is malformed. */
  private int structuredData(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == '[') {
      int idFrom = ++at;
      while (at < to && bytes[at] != ' ' && bytes[at] != ']') {
        at++;
      }
      int idLength = at - idFrom;
      while (at < to && bytes[at] == ' ') {
        at = parameter(bytes, idFrom, idLength, at + 1, to);
        if (at < 0) {
          return -1;
        }
      }
      if (at >= to || idLength == 0 || bytes[at] != ']') {
        return -1;
      }
      at++;
    }
    return at;
  }

  private int parameter(byte[] bytes, int idFrom, int idLength, int from, int to) {
    if (from < to && bytes[from] == ']') {
      return from;
    }
    int nameEnd = from;
    while (nameEnd < to && bytes[nameEnd] != '=' && bytes[nameEnd] != ' ') {
      nameEnd++;
    }
    if (nameEnd == from
        || nameEnd + 1 >= to
        || bytes[nameEnd] != '='
        || bytes[nameEnd + 1] != '"') {
      return -1;
    }
    int length = idLength + 1 + nameEnd - from;
    reserve(length);
    System.arraycopy(bytes, idFrom, scratch, 0, idLength);
    scratch[idLength] = '.';
    System.arraycopy(bytes, from, scratch, idLength + 1, nameEnd - from);
    int column = builder.column(scratch, 0, length);
    int valueFrom = nameEnd + 2;
    int at = Bytes.indexOfEither(bytes, valueFrom, to, (byte) '"', (byte) '\\');
    if (at == to) {
      return -1;
    }
    if (bytes[at] == '"') {
      builder.add(column, bytes, valueFrom, at);
      return at + 1;
    }
    return escaped(column, bytes, valueFrom, to);
  }

  private int escaped(int column, byte[] bytes, int from, int to) {
    int length = 0;
    int at = from;
    while (at < to && bytes[at] != '"') {
      if (bytes[at] == '\\'
          && at + 1 < to
          && (bytes[at + 1] == '"' || bytes[at + 1] == '\\' || bytes[at + 1] == ']')) {
        at++;
      }
      reserve(length + 1);
      scratch[length++] = bytes[at++];
    }
    if (at >= to) {
      return -1;
    }
    builder.add(column, scratch, 0, length);
    return at + 1;
  }

  private void reserve(int length) {
    if (length > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(length, scratch.length * 2));
    }
  }
}
