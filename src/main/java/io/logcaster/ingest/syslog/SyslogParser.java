package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.cef.SecurityEvent;
import io.logcaster.ingest.json.JsonLine;
import io.logcaster.ingest.json.Logfmt;
import io.logcaster.record.RecordBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads one syslog message.
 *
 * <pre>
 * RFC 5424   &lt;PRI&gt;1 TIME HOST APP PROCID MSGID (- | [ID NAME="VALUE" …]…) MESSAGE
 * RFC 3164   &lt;PRI&gt;TIME HOST TAG[PID]: MESSAGE      and its dialects, see {@link BsdHeader}
 * </pre>
 *
 * <p>The fields are {@code host}, {@code app}, {@code proc_id}, {@code msg_id}, {@code facility}
 * (its keyword), {@code level}, and structured data as {@code SD-ID.PARAM}. If the message is a log
 * record in JSON or logfmt, its fields and its level are used, see {@link JsonLine} and {@link
 * Logfmt}; JSON after {@code @cee:} is always treated that way. {@link SecurityEvent} reads CEF and
 * LEEF. If a header is partly invalid, the valid part is kept and the rest is the message. Not
 * thread-safe.
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

  /** Marks the text after it as JSON (Common Event Expression). */
  private static final byte[] COOKIE = Bytes.ascii("@cee:");

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final Rfc5424Header rfc5424;

  private final BsdHeader bsd;

  private final FirewallText firewall;

  private final SecurityEvent event;

  private final JsonLine jsonLine;

  private final Logfmt logfmt;

  private final int facility;

  /**
   * Creates a parser.
   *
   * @param out where the records go
   * @param maxValue longer JSON values are truncated to this many bytes
   */
  public SyslogParser(RecordWriter out, int maxValue) {
    this.out = out;
    this.builder = out.builder();
    this.bsd = new BsdHeader(out);
    this.jsonLine = JsonLine.withoutOrigin(out, maxValue);
    this.logfmt = Logfmt.withoutOrigin(out);
    this.facility = builder.column("facility");
    this.rfc5424 = new Rfc5424Header(out);
    this.firewall = new FirewallText(out);
    this.event = new SecurityEvent(out);
  }

  /**
   * Returns the index after {@code <PRI>} at the beginning of a range.
   *
   * @return -1 if the range does not begin with a priority
   */
  public static int skipPriority(byte[] bytes, int from, int to) {
    int at = from + 1;
    int end = Math.min(to, from + 5);
    while (at < end && Bytes.isDigit(bytes[at])) {
      at++;
    }
    return (at > from + 1 && at < end && bytes[at] == '>' && bytes[from] == '<') ? at + 1 : -1;
  }

  /** The index of the JSON that a cookie announces; -1 if a text does not begin with one. */
  public static int afterCookie(byte[] bytes, int from, int to) {
    return Bytes.startsWith(bytes, from, to, COOKIE)
        ? BsdHeader.skipSpaces(bytes, from + COOKIE.length, to)
        : -1;
  }

  /**
   * Sets the current record from a message, without ending it.
   *
   * @return null, or why the range is not a syslog message; the caller then rolls back the record
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
    at = head(bytes, at, to);
    int announced = afterCookie(bytes, at, to);
    boolean marked = announced >= 0;
    int text = marked ? announced : at;
    if (mayBeJson && JsonLine.mayBe(bytes, text, to)) {
      // If it is not a JSON record, the header was rolled back with it and is read again.
      return jsonLine.read(bytes, text, to, marked) ? null : parse(bytes, from, to, false);
    }
    if (event.read(bytes, at, to)) {
      return null;
    }
    firewall.read(bytes, at, to);
    if (!logfmt.parse(bytes, at, to)) {
      builder.message(bytes, at, to);
    }
    return null;
  }

  /** Reads the header after the priority and returns where the message begins. */
  private int head(byte[] bytes, int from, int to) {
    if (from + 2 <= to && bytes[from] == '1' && bytes[from + 1] == ' ') {
      int start = BsdHeader.skipSpaces(bytes, from + 2, to);
      // Some senders put the version before an RFC 3164 header.
      int message = LocalTimes.isMonth(bytes, start, to) ? bsd.parse(bytes, start, to) : -1;
      return (message < 0) ? rfc5424.parse(bytes, start, to) : message;
    }
    int start = BsdHeader.skipSpaces(bytes, from, to);
    int message = bsd.parse(bytes, start, to);
    return (message < 0) ? from : message;
  }
}
