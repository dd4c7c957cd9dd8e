package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Levels;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of one object their places in a record. Of several names for the same part the
 * first in the list of {@link JsonNames} wins, whatever their order in the object; the others stay
 * fields. Not thread-safe.
 */
public final class JsonFields {

  /** Log4j writes its instant as two numbers; the other one is {@code instant.nanoOfSecond}. */
  static final String EPOCH_SECOND = "instant.epochSecond";

  /** What is no known level counts after all that is. */
  private static final int UNKNOWN = 1_000;

  /** Before all others. */
  private static final int FIRST = -1;

  private static final byte[] VERSION = Bytes.ascii("version");

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final Part time = new Part();

  private final Part message = new Part();

  private final Part level = new Part();

  private final Part host = new Part();

  private final Part app = new Part();

  /** Of fields that are computed from others, so that what a sender says is ignored. */
  private final Part derived = new Part();

  /** By column, for the columns named here; their numbers are low because they come first. */
  private @Nullable Part[] parts = new @Nullable Part[64];

  private int[] ranks = new int[64];

  /** Of values without a name. */
  private final int noName;

  private final int builtInTime;

  /** What was sent as the built-in time and is none. */
  private final int timeOriginal;

  private final int epochSecond;

  private final int nanoOfSecond;

  /** GELF's own names, which win over what its additional fields happen to be called. */
  private final int shortMessage;

  private final int timestamp;

  /** The number of the best level so far. */
  private int severity;

  /** The nanoseconds that belong to {@link #epochSecond}. */
  private long nanos;

  private boolean gelf;

  /**
   * Makes it for a writer that has no records yet.
   *
   * @param out where the records go
   * @param names the names with a meaning
   */
  public JsonFields(RecordWriter out, JsonNames names) {
    this.out = out;
    this.builder = out.builder();
    assign(time, names.time());
    assign(message, names.message());
    this.noName = builder.column("_");
    if (!names.message().isEmpty()) {
      assign(message, "_", UNKNOWN);
    }
    assign(level, names.level());
    assign(host, names.host());
    assign(app, names.app());
    assign(derived, List.of(Field.STREAM, Field.STREAM_ID));
    this.builtInTime = builder.column(Field.TIME);
    this.timeOriginal = builder.column("time_original");
    this.epochSecond = names.time().contains(EPOCH_SECOND) ? builder.column(EPOCH_SECOND) : -1;
    this.nanoOfSecond = epochSecond < 0 ? -1 : builder.column("instant.nanoOfSecond");
    this.shortMessage = builder.column("short_message");
    this.timestamp = builder.column("timestamp");
  }

  private void assign(Part part, List<String> names) {
    for (int rank = 0; rank < names.size(); rank++) {
      assign(part, names.get(rank), rank);
    }
  }

  private void assign(Part part, String name, int rank) {
    int column = builder.column(name);
    if (column >= parts.length) {
      parts = Arrays.copyOf(parts, column * 2);
      ranks = Arrays.copyOf(ranks, column * 2);
    }
    if (parts[column] == null) {
      parts[column] = part;
      ranks[column] = rank;
    }
  }

  /**
   * Begins with an object.
   *
   * @param gelf whether it follows GELF
   */
  public void begin(boolean gelf) {
    this.gelf = gelf;
    builder.beginGroup();
    nanos = 0;
    time.rank = Part.NONE;
    message.rank = Part.NONE;
    level.rank = Part.NONE;
    host.rank = Part.NONE;
    app.rank = Part.NONE;
  }

  /**
   * The column of a name.
   *
   * @param top whether the name stands in the outermost object
   * @return -1 for a field that is not stored
   */
  public int column(byte[] name, int from, int to, boolean top) {
    if (from == to) {
      return noName;
    }
    if (gelf && top) {
      if (to - from > 1 && name[from] == '_') {
        return extra(name, from, to);
      }
      if (Bytes.equal(name, from, to, VERSION)) {
        return -1;
      }
    }
    return builder.column(name, from, to);
  }

  /**
   * The column of an additional field of GELF: without its underscore, unless that is one of GELF's
   * own.
   */
  private int extra(byte[] name, int from, int to) {
    int column = builder.column(name, from + 1, to);
    boolean taken =
        column == timestamp || column == RecordBatchBuilder.LEVEL || column == out.host();
    return taken ? builder.column(name, from, to) : column;
  }

  private int rank(int column) {
    return (gelf && (column == shortMessage || column == timestamp)) ? FIRST : ranks[column];
  }

  private @Nullable Part part(int column) {
    return (column < parts.length) ? parts[column] : null;
  }

  /** Takes a value: a string without quotes, or what else stands there. */
  public void set(int column, byte[] bytes, int from, int to) {
    Part part = part(column);
    if (part == null) {
      if (column == nanoOfSecond && time.rank != Part.NONE && time.column == epochSecond) {
        nanos = Math.max(0, Bytes.digits(bytes, from, Math.min(to - from, 9)));
      } else {
        builder.add(column, bytes, from, to);
      }
    } else if (part == level) {
      level(column, bytes, from, to);
    } else if (part == time) {
      time(column, bytes, from, to);
    } else if (part == message) {
      message(column, bytes, from, to);
    } else if (part != derived) {
      builder.add(column, bytes, from, to);
      if (from < to && ranks[column] <= part.rank) {
        part.keep(ranks[column], column, bytes, from, to);
      }
    }
  }

  private void level(int column, byte[] bytes, int from, int to) {
    if (column != RecordBatchBuilder.LEVEL) {
      builder.add(column, bytes, from, to);
    }
    if (from == to) {
      return;
    }
    int number = Levels.parse(bytes, from, to);
    int rank = ranks[column] + (number == Severity.UNSET ? UNKNOWN : 0);
    if (rank <= level.rank) {
      if (level.rank != Part.NONE && level.column == RecordBatchBuilder.LEVEL) {
        out.levelOriginal(level.bytes, level.from, level.to);
      }
      level.keep(rank, column, bytes, from, to);
      severity = number;
    } else if (column == RecordBatchBuilder.LEVEL) {
      out.levelOriginal(bytes, from, to);
    }
  }

  private void time(int column, byte[] bytes, int from, int to) {
    long nanos = out.times().any(bytes, from, to);
    if (nanos == Timestamps.INVALID) {
      builder.add(column == builtInTime ? timeOriginal : column, bytes, from, to);
    } else if (rank(column) > time.rank) {
      if (column != builtInTime) {
        builder.add(column, bytes, from, to);
      }
    } else {
      displace(time, column);
      time.keep(rank(column), column, bytes, from, to);
      builder.time(nanos);
    }
  }

  private void message(int column, byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    if (rank(column) > message.rank) {
      if (column != RecordBatchBuilder.MESSAGE) {
        builder.add(column, bytes, from, to);
      }
      return;
    }
    displace(message, column);
    message.keep(rank(column), column, bytes, from, to);
    builder.message(bytes, from, to);
  }

  /** Makes the best value so far a field like others, because a better one came. */
  private void displace(Part part, int column) {
    if (part.rank != Part.NONE
        && part.column != column
        && part.column != builtInTime
        && part.column != RecordBatchBuilder.MESSAGE) {
      builder.add(part.column, part.bytes, part.from, part.to);
    }
  }

  /** Whether the object has a message. */
  boolean hasMessage() {
    return message.rank != Part.NONE;
  }

  /** Whether the object has a level that is known. */
  boolean hasLevel() {
    return level.rank < UNKNOWN;
  }

  /** Fills what is absent from the other names for it. */
  public void finish() {
    if (level.rank != Part.NONE) {
      level();
    }
    if (time.rank != Part.NONE && time.column == epochSecond) {
      builder.time(out.times().any(time.bytes, time.from, time.to) + nanos);
    }
    fill(host, out.host());
    fill(app, out.app());
  }

  private void level() {
    byte first = level.bytes[level.from];
    if (gelf && level.to - level.from == 1 && first >= '0' && first <= '7') {
      out.syslogLevel(first - '0');
    } else {
      out.level(level.bytes, level.from, level.to, severity);
    }
  }

  private void fill(Part part, int column) {
    if (part.rank != Part.NONE && part.column != column) {
      builder.value(column, part.bytes, part.from, part.to);
    }
  }

  /** The best value so far of a part of the record. */
  private static final class Part {

    static final int NONE = Integer.MAX_VALUE;

    int rank = NONE;

    int column;

    byte[] bytes = new byte[0];

    int from;

    int to;

    void keep(int rank, int column, byte[] bytes, int from, int to) {
      this.rank = rank;
      this.column = column;
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }
  }
}
