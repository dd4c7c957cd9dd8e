package io.logcaster.sink;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * Which records of a queue a round has. Each has an offset, its position less that of the round's
 * start, and a number in the order of writing. They differ if records were damaged or dropped from
 * the queue meanwhile, or if only a rest is written.
 */
final class SinkRound {

  private final QueueReader reader;
  private final SinkQueue.Place start;
  private SinkQueue.Place end;
  private int[] offsets = new int[256];
  private int count;

  /** Takes records of a round. */
  @FunctionalInterface
  interface Target {

    void take(RecordBatch batch) throws IOException;
  }

  SinkRound(QueueReader reader, SinkQueue.Place start) {
    this.reader = reader;
    this.start = start;
    this.end = start;
  }

  SinkQueue.Place end() {
    return end;
  }

  /** How many records were written. */
  int count() {
    return count;
  }

  /** Adds what is written next. */
  void add(QueueReader.Item item) {
    int first = offset(item);
    for (int i = 0; i < item.batch().size(); i++) {
      add(first + i);
    }
    end = item.next();
  }

  private int offset(QueueReader.Item item) {
    return Math.toIntExact(item.position() - start.position());
  }

  private void add(int offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    offsets[count++] = offset;
  }

  /** The offsets of records, given by their numbers. */
  Bitmap offsets(Set<Integer> numbers) {
    Bitmap selected = Bitmap.none(length());
    for (int number : numbers) {
      if (number >= 0 && number < count) {
        selected.set(offsets[number]);
      }
    }
    return selected;
  }

  /** The offsets of all its records. */
  Bitmap all() {
    Bitmap selected = Bitmap.none(length());
    for (int i = 0; i < count; i++) {
      selected.set(offsets[i]);
    }
    return selected;
  }

  private int length() {
    return Math.toIntExact(end.position() - start.position());
  }

  /** Passes on the records with some offsets. */
  void read(Bitmap selected, Target target) throws IOException {
    SinkQueue.Place place = start;
    while (place.position() < end.position()) {
      QueueReader.Item item = reader.read(place, (int) (end.position() - place.position()));
      if (item == null || item.next().position() > end.position()) {
        return; // dropped meanwhile
      }
      Bitmap rows = Bitmap.none(item.batch().size());
      int first = offset(item);
      for (int i = 0; i < rows.size(); i++) {
        if (selected.get(first + i)) {
          rows.set(i);
        }
      }
      if (!rows.isEmpty()) {
        target.take(item.batch().select(rows));
      }
      place = item.next();
    }
  }

  /** A round of the records with some offsets, to be written again. */
  SinkRound rest(Bitmap selected) {
    SinkRound round = new SinkRound(reader, start);
    for (int offset : selected.toArray()) {
      round.add(offset);
    }
    round.end = end;
    return round;
  }
}
