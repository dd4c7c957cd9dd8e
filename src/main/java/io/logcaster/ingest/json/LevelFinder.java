package io.logcaster.ingest.json;

import io.logcaster.ingest.LevelScale;
import io.logcaster.ingest.Levels;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.NameMeaning.Shape;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;

/**
 * Finds the level of a record among the values that may mean it. An unknown level counts after all
 * known ones. Not thread-safe.
 */
final class LevelFinder {

  private static final int UNKNOWN = 1_000;

  private final RecordWriter out;

  private final BestCandidate best = new BestCandidate();

  /** A level under a name that counts only if the record's shape is seen. */
  private final BestCandidate late = new BestCandidate();

  private LevelScale scale = LevelScale.ANY;

  /** The severity number of {@link #best}, by its scale; 0 if unknown. */
  private int number;

  private int lateNeeds;

  private int lateNumber;

  LevelFinder(RecordWriter out) {
    this.out = out;
  }

  void forget() {
    best.forget();
    late.forget();
  }

  /** Takes a value that may be the level. */
  void take(int column, NameMeaning meaning, byte[] bytes, int from, int to) {
    int severity = Levels.parse(bytes, from, to, meaning.scale());
    boolean unknown = severity == Severity.UNSET;
    if (from == to || (unknown && !meaning.sure())) {
      return;
    }
    int rank = meaning.rank() + (unknown ? UNKNOWN : 0);
    if (meaning.needs() != 0) {
      if (rank <= late.rank()) {
        late.keep(rank, column, bytes, from, to);
        lateNeeds = meaning.needs();
        lateNumber = severity;
      }
    } else if (rank <= best.rank()) {
      if (best.isFrom(RecordBatchBuilder.LEVEL)) {
        out.levelOriginal(best.bytes(), best.from(), best.to());
      }
      best.keep(rank, column, bytes, from, to);
      scale = meaning.scale();
      number = severity;
    } else if (column == RecordBatchBuilder.LEVEL) {
      out.levelOriginal(bytes, from, to);
    }
  }

  /** Whether the record has a known level. */
  boolean isKnown() {
    return best.rank() < UNKNOWN;
  }

  /**
   * Sets the record's level.
   *
   * @param shapes the shapes that were seen, as bits
   * @param gelf whether single digits are syslog's
   * @return whether there is a level
   */
  boolean finish(int shapes, boolean gelf) {
    if (late.rank() < best.rank() && (lateNeeds & shapes) != 0) {
      best.keep(late);
      number = lateNumber;
    }
    if (!best.isSet()) {
      return false;
    }
    byte first = best.bytes()[best.from()];
    boolean digit = first >= '0' && first <= '9';
    if (digit && gelf && best.to() - best.from() == 1 && first <= '7') {
      out.syslogLevel(first - '0');
      return true;
    }
    if (digit && scale == LevelScale.ANY) {
      number = Levels.parse(best.bytes(), best.from(), best.to(), scale(shapes));
    }
    out.level(best.bytes(), best.from(), best.to(), number);
    return true;
  }

  /** The scale of numbers that the name does not tell, by the other fields. */
  private LevelScale scale(int shapes) {
    if ((shapes & Shape.NEXTCLOUD.bit()) != 0) {
      return LevelScale.NEXTCLOUD;
    }
    if ((shapes & Shape.WINDOWS.bit()) != 0) {
      return LevelScale.WINDOWS;
    }
    boolean monolog = (shapes & Shape.MONOLOG.bit()) != 0 && !isKnown();
    return monolog ? LevelScale.MONOLOG : LevelScale.ANY;
  }
}
