package io.logcaster.template;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The earliest record of a template, as far as it is kept: packed into one array, because a hundred
 * thousand of them are in memory.
 *
 * @param time nanoseconds since the epoch
 * @param exampleTime the time of the record that the example and the fields are of: a later one if
 *     the first was deleted
 * @param packed the level, host, app, example and the other fields, by name and value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, written by nobody
record FirstRecord(long time, long exampleTime, byte[] packed) {

  /** Bytes of the example: enough to recognise a message. */
  private static final int MAX_EXAMPLE = 512;

  /** Bytes of a value; longer ones are cut. */
  private static final int MAX_VALUE = 128;

  /** Bytes of all other fields; further ones are left out. */
  private static final int MAX_FIELDS = 384;

  /** This object and the header of its array. */
  private static final int OBJECT_BYTES = 48;

  /** Takes what is kept from a row. */
  static FirstRecord of(RecordBatch batch, int row, long time, byte[] bytes, int from, int to) {
    ByteArrayOutputStream target = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(target)) {
      put(out, value(batch, Field.LEVEL, row));
      put(out, value(batch, "host", row));
      put(out, value(batch, "app", row));
      put(out, cut(bytes, from, to, MAX_EXAMPLE));
      int left = MAX_FIELDS;
      for (String name : batch.fieldNames()) {
        Column column = batch.column(name);
        if (name.equals(Field.LEVEL)
            || name.equals("host")
            || name.equals("app")
            || column.isEmpty(row)) {
          continue;
        }
        byte[] field = name.getBytes(StandardCharsets.UTF_8);
        byte[] value = value(batch, name, row);
        left -= field.length + value.length;
        if (left < 0 || field.length > MAX_VALUE) {
          break;
        }
        put(out, field);
        put(out, value);
      }
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
    return new FirstRecord(time, time, target.toByteArray());
  }

  /** Without the example and the fields. */
  FirstRecord bare() {
    return withExample(exampleTime, new byte[0], 0, 0);
  }

  /** Whether it lacks an example. */
  boolean isBare() {
    int at = 0;
    for (int i = 0; i < 3; i++) {
      at += Short.BYTES + length(at);
    }
    return length(at) == 0;
  }

  /** With the example of a later record, and without fields. */
  FirstRecord withExample(long later, byte[] bytes, int from, int to) {
    ByteArrayOutputStream target = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(target)) {
      for (String kept : new String[] {level(), host(), app()}) {
        put(out, kept.getBytes(StandardCharsets.UTF_8));
      }
      put(out, cut(bytes, from, to, MAX_EXAMPLE));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
    return new FirstRecord(time, later, target.toByteArray());
  }

  private static byte[] value(RecordBatch batch, String name, int row) {
    byte[] value = batch.column(name).text(row).getBytes(StandardCharsets.UTF_8);
    return cut(value, 0, value.length, MAX_VALUE);
  }

  private static byte[] cut(byte[] bytes, int from, int end, int most) {
    int to = Math.min(end, from + most);
    while (to < end && to > from && (bytes[to] & 0xC0) == 0x80) {
      to--; // not within a character
    }
    byte[] kept = new byte[to - from];
    System.arraycopy(bytes, from, kept, 0, kept.length);
    return kept;
  }

  private static void put(DataOutputStream out, byte[] text) throws IOException {
    out.writeShort(text.length);
    out.write(text);
  }

  String level() {
    return part(0);
  }

  String host() {
    return part(1);
  }

  String app() {
    return part(2);
  }

  String example() {
    return part(3);
  }

  private String part(int index) {
    int at = 0;
    for (int i = 0; i < index; i++) {
      at += Short.BYTES + length(at);
    }
    return new String(packed, at + Short.BYTES, length(at), StandardCharsets.UTF_8);
  }

  private int length(int at) {
    return (packed[at] & 0xff) << Byte.SIZE | (packed[at + 1] & 0xff);
  }

  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; at < packed.length; i++) {
      int next = at + Short.BYTES + length(at);
      if (i >= 4) {
        String name = new String(packed, at + Short.BYTES, length(at), StandardCharsets.UTF_8);
        fields.put(
            name, new String(packed, next + Short.BYTES, length(next), StandardCharsets.UTF_8));
        next += Short.BYTES + length(next);
      }
      at = next;
    }
    return fields;
  }

  long memoryBytes() {
    return (long) OBJECT_BYTES + packed.length;
  }
}
