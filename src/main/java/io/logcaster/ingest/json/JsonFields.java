package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.NameMeaning.Shape;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of one object where they belong in a record. Of several names for the same part
 * the first in the list of {@link JsonNames} with a plausible value wins, whatever their order in
 * the object; the others stay fields. Not thread-safe.
 */
public final class JsonFields {

  /** Added to the rank of numbers that may be a duration: they count after all times in text. */
  private static final int DOUBTFUL = 500;

  /** Before all others. */
  private static final int FIRST = -1;

  private static final byte[] VERSION = Bytes.ascii("version");

  private static final byte[] NOTHING = {};

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final JsonNames.Meanings names;

  private final BestCandidate time = new BestCandidate();

  private final BestCandidate message = new BestCandidate();

  /** A message under a name that counts only if the record's shape is seen. */
  private final BestCandidate lateMessage = new BestCandidate();

  private final LevelFinder level;

  private final BestCandidate host = new BestCandidate();

  private final BestCandidate app = new BestCandidate();

  private final MessageTemplates templates;

  /** By column. */
  private @Nullable NameMeaning[] meanings = new @Nullable NameMeaning[64];

  /** How many columns have their meanings. */
  private int known;

  private int forgotten;

  /** Of values without a name. */
  private final int noName;

  private final int builtInTime;

  /** The value of the built-in time if it is not a time. */
  private final int timeOriginal;

  private final int plainMessage;

  private final int epochSecond;

  private final int nanoOfSecond;

  /** GELF's own names, which win over what its additional fields happen to be called. */
  private final int shortMessage;

  private final int timestamp;

  private final int log;

  /** Journald's message, which is an array of bytes where it is no text. */
  private final int journal;

  private final int compactTemplate;

  private final int template;

  /** The bits of the shapes that were seen. */
  private int shapes;

  /** The nanoseconds that belong to {@link #epochSecond}. */
  private long nanos;

  private boolean gelf;

  /** Whether any message may be a record in JSON. */
  private boolean wrapsAlways;

  /**
   * Makes fields for a writer that has no records yet.
   *
   * @param out where the records go
   * @param names the names with a meaning
   */
  public JsonFields(RecordWriter out, JsonNames names) {
    this.out = out;
    this.builder = out.builder();
    this.names = names.meanings();
    this.level = new LevelFinder(out);
    this.templates = new MessageTemplates(builder);
    this.noName = builder.column("_");
    this.builtInTime = builder.column(Field.TIME);
    this.timeOriginal = builder.column("time_original");
    this.plainMessage = builder.column("message");
    this.epochSecond = builder.column(KnownNames.EPOCH_SECOND);
    this.nanoOfSecond = builder.column("instant.nanoOfSecond");
    this.shortMessage = builder.column("short_message");
    this.timestamp = builder.column("timestamp");
    this.log = builder.column("log");
    this.journal = builder.column("MESSAGE");
    this.compactTemplate = builder.column("@mt");
    this.template = builder.column("MessageTemplate");
  }

  /**
   * Begins with an object.
   *
   * @param gelf whether it follows GELF
   */
  public void begin(boolean gelf) {
    this.gelf = gelf;
    builder.beginGroup();
    if (forgotten != builder.forgotten()) {
      forgotten = builder.forgotten();
      known = 0;
    }
    nanos = 0;
    shapes = 0;
    time.forget();
    message.forget();
    lateMessage.forget();
    level.forget();
    host.forget();
    app.forget();
  }

  private @Nullable NameMeaning meaning(int column) {
    if (column >= known) {
      learn(column);
    }
    return meanings[column];
  }

  private void learn(int column) {
    if (column >= meanings.length) {
      meanings = Arrays.copyOf(meanings, column * 2);
    }
    for (; known <= column; known++) {
      meanings[known] = (known == noName) ? names.ofNoName() : names.of(builder.name(known));
    }
  }

  /**
   * The column of a name.
   *
   * @param top whether the name belongs to the outermost object
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

  private int rank(int column, NameMeaning meaning) {
    return (gelf && (column == shortMessage || column == timestamp)) ? FIRST : meaning.rank();
  }

  /** Takes a value: a string without quotes, or the text of any other value. */
  public void set(int column, byte[] bytes, int from, int to) {
    NameMeaning meaning = meaning(column);
    if (meaning == null) {
      if (column == nanoOfSecond && time.isFrom(epochSecond)) {
        nanos = Math.max(0, Bytes.digits(bytes, from, Math.min(to - from, 9)));
      } else {
        builder.add(column, bytes, from, to);
      }
      return;
    }
    shapes |= meaning.shows();
    switch (meaning.part()) {
      case TIME -> time(column, meaning, bytes, from, to);
      case MESSAGE -> message(column, meaning, bytes, from, to);
      case LEVEL -> {
        if (column != RecordBatchBuilder.LEVEL) {
          builder.add(column, bytes, from, to);
        }
        level.take(column, meaning, bytes, from, to);
      }
      case HOST -> origin(host, column, meaning, bytes, from, to);
      case APP -> origin(app, column, meaning, bytes, from, to);
      case NONE -> builder.add(column, bytes, from, to);
      case DERIVED -> {}
    }
  }

  private void origin(
      BestCandidate best, int column, NameMeaning meaning, byte[] bytes, int from, int to) {
    builder.add(column, bytes, from, to);
    if (from < to && meaning.rank() <= best.rank()) {
      best.keep(meaning.rank(), column, bytes, from, to);
    }
  }

  private void time(int column, NameMeaning meaning, byte[] bytes, int from, int to) {
    long value = out.times().any(bytes, from, to);
    if (value == Timestamps.INVALID) {
      builder.add(column == builtInTime ? timeOriginal : column, bytes, from, to);
      return;
    }
    boolean doubtful = !meaning.sure() && isNumber(bytes, from, to);
    int rank = rank(column, meaning) + (doubtful ? DOUBTFUL : 0);
    if (rank > time.rank()) {
      builder.add(column == builtInTime ? timeOriginal : column, bytes, from, to);
      return;
    }
    displace(time);
    time.keep(rank, column, bytes, from, to);
    builder.time(value);
  }

  private static boolean isNumber(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (Bytes.isDigit(bytes[at]) || bytes[at] == '.' || bytes[at] == '-')) {
      at++;
    }
    return at == to;
  }

  private void message(int column, NameMeaning meaning, byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    boolean text = meaning.sure() || !(isNumber(bytes, from, to) || bytes[from] == '[');
    if (!text || meaning.needs() != 0 || rank(column, meaning) > message.rank()) {
      if (text && meaning.needs() != 0 && meaning.rank() <= lateMessage.rank()) {
        lateMessage.keep(meaning.rank(), column, bytes, from, to);
      }
      builder.add(column == RecordBatchBuilder.MESSAGE ? plainMessage : column, bytes, from, to);
      return;
    }
    displace(message);
    int end = (column == log) ? withoutLineEnd(bytes, from, to) : to;
    message.keep(rank(column, meaning), column, bytes, from, end);
    builder.message(bytes, from, end);
  }

  /** Container runtimes give lines with what ended them. */
  private static int withoutLineEnd(byte[] bytes, int from, int to) {
    int end = to;
    if (end > from + 1 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > from + 1 && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  /** Makes the best value so far an ordinary field, because a better or a later one came. */
  private void displace(BestCandidate best) {
    if (best.isSet()) {
      int column = best.column();
      int plain =
          (column == builtInTime)
              ? timeOriginal
              : (column == RecordBatchBuilder.MESSAGE) ? plainMessage : column;
      builder.add(plain, best.bytes(), best.from(), best.to());
    }
  }

  /** Makes every message one that may be a record in JSON. */
  void wrapsAlways() {
    wrapsAlways = true;
  }

  /** Whether the message is a container's line that may be a record in JSON. */
  boolean wrapsRecord() {
    boolean line = message.isFrom(log) && isSeen(Shape.DOCKER);
    return (line || (wrapsAlways && message.isSet()))
        && JsonLine.mayBe(message.bytes(), message.from(), message.to());
  }

  /** The message so far; its bytes stay until the next object. */
  BestCandidate message() {
    return message;
  }

  /** Whether the object has a message. */
  boolean hasMessage() {
    return message.isSet();
  }

  /** Whether the object has a known level. */
  boolean hasLevel() {
    return level.isKnown();
  }

  /** Fills absent parts from fields with other names for them. */
  public void finish() {
    lateMessage();
    boolean hasLevel = level.finish(shapes, gelf);
    if (!hasLevel && isSeen(Shape.CLEF) && message.isSet() && time.isSet()) {
      out.level(Severity.INFO);
    }
    if (time.isFrom(epochSecond)) {
      builder.time(out.times().any(time.bytes(), time.from(), time.to()) + nanos);
    }
    if (message.isFrom(journal) && message.bytes()[message.from()] == '[') {
      messageOfBytes();
    } else if (message.isFrom(compactTemplate) || message.isFrom(template)) {
      render();
    }
    fill(host, out.host());
    fill(app, out.app());
  }

  private boolean isSeen(Shape shape) {
    return (shapes & shape.bit()) != 0;
  }

  /** Takes a message that counts only in certain shapes, where such a one was seen. */
  private void lateMessage() {
    if (lateMessage.isSet() && lateMessage.rank() < message.rank() && isShown(lateMessage)) {
      displace(message);
      message.keep(lateMessage);
      builder.value(message.column(), NOTHING, 0, 0);
      builder.message(message.bytes(), message.from(), message.to());
    }
  }

  private boolean isShown(BestCandidate late) {
    NameMeaning meaning = meaning(late.column());
    return meaning != null && meaning.isShown(shapes);
  }

  private void messageOfBytes() {
    byte[] text = JsonByteArrays.read(message.bytes(), message.from(), message.to());
    if (text.length > 0) {
      builder.message(text, 0, text.length);
    }
  }

  private void render() {
    byte[] text = templates.render(message.bytes(), message.from(), message.to());
    if (text.length > 0) {
      builder.message(text, 0, text.length);
      displace(message);
    }
  }

  private void fill(BestCandidate best, int column) {
    if (best.isSet() && best.column() != column) {
      builder.value(column, best.bytes(), best.from(), best.to());
    }
  }
}
