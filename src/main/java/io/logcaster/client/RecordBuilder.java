package io.logcaster.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record being written: {@code client.record().level("INFO").message("order placed")
 * .field("order", 4711).send()}. It belongs to one thread, is sent once and not touched after that.
 *
 * <p>A null or absent value is left out. A record without a time gets the time at which it was
 * started. Fields that do not fit into a megabyte are cut or left out, and the record is marked
 * {@code _truncated}.
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

  /** Sets the time, to be called before anything else. */
  public RecordBuilder time(Instant time) {
    check();
    if (json.length() != timeEnd) {
      throw new IllegalStateException("The time comes first");
    }
    return begin(time);
  }

  /** Sets the level: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or the program's own. */
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

  /** Sets a field to a value's text; numbers and truth values stay what they are. */
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
   * Sets {@code exception.type}, {@code exception.message} and {@code exception.stacktrace}, the
   * last with causes and suppressed exceptions.
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

  /** Moves to another member, if there is room for one. */
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
      throw new IllegalStateException("The record was sent: take another one from record()");
    }
  }

  /**
   * Queues the record.
   *
   * @return false if it was dropped
   * @throws QueueFullException if there is no room and {@link Overflow#FAIL} was chosen
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
