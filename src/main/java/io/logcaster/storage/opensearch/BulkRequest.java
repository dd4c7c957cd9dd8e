package io.logcaster.storage.opensearch;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of some batches as the body of a bulk request, of which parts can be sent again.
 * Used by one thread; reused for the next batches.
 */
final class BulkRequest {

  private static final byte[] CREATE =
      "{\"create\":{\"_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME = "\"}}\n{\"@timestamp\":\"".getBytes(StandardCharsets.US_ASCII);

  /** In characters, of which each takes up to three bytes. */
  private static final int MAX_STREAM = RecordIndex.MAX_VALUE / 3;

  private final ByteBuilder body = new ByteBuilder(1 << 20);
  private final byte[] time = new byte[Timestamps.MAX_LENGTH];

  /** Where each document ends, with its action. */
  private int[] ends = new int[1024];

  private int documents;
  private long first;

  /** A column with the beginning of its part of a document. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(Column column, String name, byte[] key, byte[] quoted, boolean isIndexed) {}

  /** Empties the request. The next document gets a number. */
  void begin(long number) {
    body.truncate(0);
    documents = 0;
    first = number;
  }

  int documents() {
    return documents;
  }

  int length() {
    return body.length();
  }

  byte[] array() {
    return body.array();
  }

  /** The number of a document. */
  long number(int document) {
    return first + document;
  }

  int start(int document) {
    return (document == 0) ? 0 : ends[document - 1];
  }

  int end(int document) {
    return ends[document];
  }

  static String id(long number) {
    return HexFormat.of().toHexDigits(number);
  }

  /** Adds the records of a batch. */
  void add(RecordBatch batch) {
    List<Part> columns = new ArrayList<>();
    List<Part> pairs = new ArrayList<>();
    for (String name : batch.fieldNames()) {
      boolean isColumn = RecordIndex.COLUMNS.contains(name);
      ByteBuilder key = new ByteBuilder(name.length() + 8);
      if (isColumn) {
        key.append(',');
        JsonString.append(name, key);
        key.append(':');
      } else {
        JsonString.append(name, key);
        key.truncate(key.length() - 1);
        key.append('=');
      }
      (isColumn ? columns : pairs)
          .add(
              new Part(
                  batch.column(name),
                  name,
                  key.toByteArray(),
                  text("", name),
                  RecordIndex.isIndexed(name)));
    }
    DeliveryMark mark = batch.mark();
    byte[] sender = (mark == null) ? new byte[0] : text(",\"sender\":", mark.client());
    byte[][] streams = new byte[batch.streamCount()][];
    Column message = batch.column(Field.MESSAGE);
    for (int row = 0; row < batch.size(); row++) {
      int ordinal = batch.streamOrdinal(row);
      if (streams[ordinal] == null) {
        streams[ordinal] = stream(batch.stream(ordinal));
      }
      head(batch.times()[row]);
      if (!message.isEmpty(row)) {
        body.append(",\"message\":");
        JsonString.append(message.bytes(), message.start(row), message.end(row), body);
      }
      boolean longColumn = putColumns(columns, row);
      boolean longPair = putPairs(pairs, row);
      putNames(pairs, row);
      boolean isLongStream = batch.stream(ordinal).canonical().length() >= MAX_STREAM;
      if (longColumn || longPair || isLongStream) {
        putRest(columns, pairs, row, isLongStream ? batch.stream(ordinal) : null);
      }
      body.append(streams[ordinal]);
      if (batch.severity(row) != 0) {
        body.append(",\"severity\":").append((long) batch.severity(row));
      }
      body.append(sender).append(",\"n\":").append(first + documents).append('}').append('\n');
      if (documents == ends.length) {
        ends = Arrays.copyOf(ends, documents * 2);
      }
      ends[documents++] = body.length();
    }
  }

  private void head(long nanos) {
    body.append(CREATE).append(id(first + documents)).append(TIME);
    body.append(time, 0, Timestamps.format(nanos, time, 0)).append('"');
  }

  private static byte[] text(String key, String value) {
    ByteBuilder out = new ByteBuilder(value.length() + 32).append(key);
    JsonString.append(value, out);
    return out.toByteArray();
  }

  private static byte[] stream(Stream stream) {
    ByteBuilder out = new ByteBuilder(128);
    if (stream.canonical().length() < MAX_STREAM) {
      out.append(",\"stream\":");
      JsonString.append(stream.canonical(), out);
    }
    return out.append(",\"stream_id\":\"").append(stream.id()).append('"').toByteArray();
  }

  private static boolean isLong(Part part, int row) {
    return !part.isIndexed()
        || part.column().end(row) - part.column().start(row) >= RecordIndex.MAX_VALUE;
  }

  /** Puts the columns; returns whether a value is too long for the index. */
  private boolean putColumns(List<Part> columns, int row) {
    boolean anyLong = false;
    for (Part part : columns) {
      Column column = part.column();
      if (!column.isEmpty(row)) {
        if (isLong(part, row)) {
          anyLong = true;
        } else {
          body.append(part.key());
          JsonString.append(column.bytes(), column.start(row), column.end(row), body);
        }
      }
    }
    return anyLong;
  }

  private boolean putPairs(List<Part> pairs, int row) {
    boolean anyLong = false;
    char separator = '[';
    for (Part part : pairs) {
      Column column = part.column();
      if (!column.isEmpty(row)) {
        if (isLong(part, row)) {
          anyLong = true;
        } else {
          if (separator == '[') {
            body.append(",\"pairs\":");
          }
          body.append(separator).append(part.key());
          separator = ',';
          // The key ends within the quotes: the opening quote of the value gives way.
          int quote = body.length();
          JsonString.append(column.bytes(), column.start(row), column.end(row), body);
          System.arraycopy(body.array(), quote + 1, body.array(), quote, body.length() - quote - 1);
          body.truncate(body.length() - 1);
        }
      }
    }
    if (separator == ',') {
      body.append(']');
    }
    return anyLong;
  }

  private void putNames(List<Part> pairs, int row) {
    boolean isFirst = true;
    for (Part part : pairs) {
      if (!part.column().isEmpty(row)) {
        body.append(isFirst ? ",\"names\":[" : ",").append(part.quoted());
        isFirst = false;
      }
    }
    if (!isFirst) {
      body.append(']');
    }
  }

  private void putRest(List<Part> columns, List<Part> pairs, int row, @Nullable Stream stream) {
    List<String> names = new ArrayList<>();
    body.append(",\"rest\":");
    char separator = '{';
    for (List<Part> parts : List.of(columns, pairs)) {
      for (Part part : parts) {
        Column column = part.column();
        if (!column.isEmpty(row) && isLong(part, row)) {
          names.add(part.name());
          body.append(separator);
          JsonString.append(part.name(), body);
          body.append(':');
          JsonString.append(column.bytes(), column.start(row), column.end(row), body);
          separator = ',';
        }
      }
    }
    if (stream != null) {
      names.add(Field.STREAM);
      body.append(separator).append("\"_stream\":");
      JsonString.append(stream.canonical(), body);
    }
    body.append("},\"long\":");
    separator = '[';
    for (String name : names) {
      body.append(separator);
      JsonString.append(name, body);
      separator = ',';
    }
    body.append(']');
  }
}
