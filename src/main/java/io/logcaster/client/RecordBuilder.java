package io.logcaster.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds one record: {@code client.record().level("INFO").message("order placed") .field("order",
 * 4711).send()}. Use it in one thread, send it once, and do not use it after that.
 *
 * <p>Null values are skipped. A record without a time gets the time at which it was started. Fields
 * that do not fit into a megabyte are truncated or omitted, and the record is marked {@code
 * _truncated}.
 */
public final class RecordBuilder {

  private static final byte[] TIME = bytes("{\"_time\":");
  private static final byte[] LEVEL = bytes("\"level\":");
  private static final byte[] MESSAGE = bytes("\"_msg\":");
  private static final byte[] TRUNCATED = bytes(",\"_truncated\":\"true\"");

  private static final long BILLION = 1_000_000_000;

  private final LogCasterClient client;
  private final Json json = new Json();
  private boolean open;
  private int timeEnd;

  RecordBuilder(LogCasterClient client) {
    this.client = client;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  RecordBuilder begin(Instant now) {
    json.clear();
    open = true;
    json.raw(TIME);
    json.number(nanos(now));
    timeEnd = json.length();
    return this;
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), BILLION), time.getNano());
  }

  /** Sets the time; must be called before any other method. */
  public RecordBuilder time(Instant time) {
    check();
    if (json.length() != timeEnd) {
      throw new IllegalStateException("The time must be set first");
    }
    return begin(time);
  }

  /** Sets the level: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or a custom level. */
  public RecordBuilder level(@Nullable String level) {
    return text(LEVEL, level);
  }

  public RecordBuilder message(@Nullable CharSequence message) {
    return text(MESSAGE, message);
  }

  private RecordBuilder text(byte[] name, @Nullable CharSequence value) {
    if (value != null && next()) {
      json.raw(name);
      json.string(value);
    }
    return this;
  }

  public RecordBuilder field(String name, @Nullable CharSequence value) {
    if (value != null && name(name)) {
      json.string(value);
    }
    return this;
  }

  public RecordBuilder field(String name, long value) {
    if (name(name)) {
      json.number(value);
    }
    return this;
  }

  public RecordBuilder field(String name, double value) {
    if (name(name)) {
      if (Double.isFinite(value)) {
        json.ascii(Double.toString(value));
      } else {
        json.string(Double.toString(value));
      }
    }
    return this;
  }

  public RecordBuilder field(String name, boolean value) {
    if (name(name)) {
      json.ascii(value ? "true" : "false");
    }
    return this;
  }

  /** Sets a field to the text of a value; numbers and booleans keep their types. */
  public RecordBuilder field(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    if (value instanceof Integer || value instanceof Long) {
      return field(name, ((Number) value).longValue());
    }
    if (value instanceof Boolean truth) {
      return field(name, truth.booleanValue());
    }
    return field(name, (value instanceof CharSequence text) ? text : value.toString());
  }

  public RecordBuilder fields(Map<String, ?> fields) {
    fields.forEach((name, value) -> field(name, value));
    return this;
  }

  /**
   * Sets {@code exception.type}, {@code exception.message} and {@code exception.stacktrace}, which
   * includes causes and suppressed exceptions.
   */
  public RecordBuilder exception(@Nullable Throwable exception) {
    if (exception == null) {
      return this;
    }
    StringWriter trace = new StringWriter();
    exception.printStackTrace(new PrintWriter(trace));
    return field("exception.type", exception.getClass().getName())
        .field("exception.message", exception.getMessage())
        .field("exception.stacktrace", trace.toString());
  }

  private boolean name(String name) {
    if (name.isEmpty() || !next()) {
      return false;
    }
    json.string(name);
    json.raw((byte) ':');
    return true;
  }

  /** Starts another member, if there is room for one. */
  private boolean next() {
    check();
    if (json.isFull()) {
      json.markCut();
      return false;
    }
    json.raw((byte) ',');
    return true;
  }

  private void check() {
    if (!open) {
      throw new IllegalStateException("The record has been sent: call record() for another one");
    }
  }

  /**
   * Queues the record.
   *
   * @return false if it was dropped
   * @throws QueueFullException if there is no room and {@link Overflow#FAIL} is set
   */
  public boolean send() {
    check();
    open = false;
    json.raw(client.constantFields());
    if (json.isCut()) {
      json.raw(TRUNCATED);
    }
    json.raw((byte) '}');
    json.raw((byte) '\n');
    try {
      return client.append(json.bytes(), json.length());
    } finally {
      client.giveBack(this);
    }
  }
}
