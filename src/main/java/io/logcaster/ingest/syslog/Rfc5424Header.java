package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import java.util.Arrays;

/**
 * Reads the RFC 5424 header after its version. Accepts common deviations: structured data that is
 * missing (Heroku, older versions of Docker) or has unquoted values, a time in epoch seconds
 * followed only by the host (Meraki), repeated spaces, and missing fields at the end. Valid fields
 * are kept; the message begins where the header stops being valid. Not thread-safe.
 */
final class Rfc5424Header {

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final LocalTimes times;

  private final int messageId;

  /** The field name of a parameter, or its unescaped value. */
  private byte[] scratch = new byte[64];

  Rfc5424Header(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.times = out.times();
    this.messageId = builder.column("msg_id");
  }

  /** Sets the fields of the current record and returns where the message begins. */
  int parse(byte[] bytes, int from, int to) {
    int at = from;
    int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
    if (!isNil(bytes, at, end)) {
      end = times.read(bytes, at, to);
      if (end < 0 || !times.isSure() || !isEnd(bytes, end, to)) {
        end = times.readEpoch(bytes, at, to);
        return (end < 0 || !isEnd(bytes, end, to)) ? withoutTime(at) : short5424(bytes, end, to);
      }
      builder.time(times.time());
    }
    at = token(out.host(), bytes, end, to);
    at = token(out.app(), bytes, at, to);
    at = token(out.processId(), bytes, at, to);
    at = token(messageId, bytes, at, to);
    at = BsdHeader.skipSpaces(bytes, at, to);
    if (at < to && bytes[at] == '-' && isEnd(bytes, at + 1, to)) {
      at++;
    } else if (at < to && bytes[at] == '[') {
      at = structuredData(bytes, at, to);
    }
    if (at < to && bytes[at] == ' ') {
      at++;
    }
    return afterByteOrderMark(bytes, at, to);
  }

  private int withoutTime(int at) {
    out.parseError("syslog: not an RFC 5424 time");
    return at;
  }

  /** {@code EPOCH HOST message}. */
  private int short5424(byte[] bytes, int end, int to) {
    builder.time(times.time());
    int at = token(out.host(), bytes, end, to);
    return BsdHeader.skipSpaces(bytes, at, to);
  }

  private static int afterByteOrderMark(byte[] bytes, int at, int to) {
    boolean mark =
        to - at >= 3
            && bytes[at] == (byte) 0xEF
            && bytes[at + 1] == (byte) 0xBB
            && bytes[at + 2] == (byte) 0xBF;
    return mark ? at + 3 : at;
  }

  private static boolean isEnd(byte[] bytes, int at, int to) {
    return at >= to || bytes[at] == ' ';
  }

  private static boolean isNil(byte[] bytes, int from, int to) {
    return to - from == 1 && bytes[from] == '-';
  }

  /** Sets a column to the next word and returns the index after it. */
  private int token(int column, byte[] bytes, int from, int to) {
    int at = BsdHeader.skipSpaces(bytes, from, to);
    int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
    if (at < end && !isNil(bytes, at, end)) {
      builder.value(column, bytes, at, end);
    }
    return end;
  }

  /** Reads elements and returns the index after the last well-formed one. */
  private int structuredData(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == '[') {
      int end = element(bytes, at, to);
      if (end < 0) {
        return at;
      }
      at = end;
    }
    return at;
  }

  private int element(byte[] bytes, int from, int to) {
    int idFrom = from + 1;
    int at = idFrom;
    boolean enterprise = false;
    while (at < to && bytes[at] != ' ' && bytes[at] != ']') {
      if (bytes[at] == '=' || bytes[at] == '"') {
        return -1;
      }
      enterprise |= bytes[at] == '@';
      at++;
    }
    int idLength = at - idFrom;
    if (at >= to || idLength == 0 || (bytes[at] == ']' && !enterprise)) {
      // A single word in brackets is text: it has no parameter that would preserve it.
      return -1;
    }
    while (at < to && bytes[at] == ' ') {
      at = parameter(bytes, idFrom, idLength, at + 1, to);
      if (at < 0) {
        return -1;
      }
    }
    return (at < to && bytes[at] == ']') ? at + 1 : -1;
  }

  private int parameter(byte[] bytes, int idFrom, int idLength, int from, int to) {
    if (from < to && (bytes[from] == ']' || bytes[from] == ' ')) {
      return from;
    }
    int nameEnd = from;
    while (nameEnd < to && isNameByte(bytes[nameEnd])) {
      nameEnd++;
    }
    if (nameEnd == from || nameEnd + 1 >= to || bytes[nameEnd] != '=') {
      return -1;
    }
    int length = idLength + 1 + nameEnd - from;
    reserve(length);
    System.arraycopy(bytes, idFrom, scratch, 0, idLength);
    scratch[idLength] = '.';
    System.arraycopy(bytes, from, scratch, idLength + 1, nameEnd - from);
    int column = builder.column(scratch, 0, length);
    int valueFrom = nameEnd + 1;
    if (bytes[valueFrom] != '"') {
      int end = Bytes.indexOfEither(bytes, valueFrom, to, (byte) ' ', (byte) ']');
      builder.add(column, bytes, valueFrom, end);
      return (end < to) ? end : -1;
    }
    valueFrom++;
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

  private static boolean isNameByte(byte b) {
    return b != '=' && b != ' ' && b != ']' && b != '"' && b != '[';
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
    if (scratch.length < length) {
      scratch = Arrays.copyOf(scratch, Math.max(length, scratch.length * 2));
    }
  }
}
