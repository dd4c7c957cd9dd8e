package io.logcaster.tail;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import io.logcaster.tail.TailEvent.Records;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The readers of one query in one format. The query is evaluated and printed once for all of them.
 */
final class TailGroup {

  /**
   * Printed bytes per chunk: large enough to make the cost of a write negligible, small enough for
   * several chunks to fit into a reader's queue.
   */
  static final int CHUNK_BYTES = 64 << 10;

  /**
   * @param query the query's text
   * @param format how its records are printed
   * @param taken whether records that are not stored are shown
   */
  record Key(String query, TailFormat format, TakenView taken) {}

  /**
   * Records that may be shown.
   *
   * @param taken whether they were taken out, and so are not stored
   */
  record Offered(RecordBatch batch, boolean taken) {}

  private final Key key;
  private final TailQuery query;
  private final AtomicLong room;
  private final List<TailSubscriber> subscribers = new CopyOnWriteArrayList<>();

  /**
   * @param room the number of bytes free for records that wait for readers, over all groups
   */
  TailGroup(Key key, TailQuery query, AtomicLong room) {
    this.room = room;
    this.key = key;
    this.query = query;
  }

  Key key() {
    return key;
  }

  List<TailSubscriber> subscribers() {
    return subscribers;
  }

  /** Queues the matching records of batches for the readers; draining the readers sends them. */
  void show(List<Offered> batches, RecordJson json) {
    int count = 0;
    for (Offered offered : batches) {
      if (!key.taken().shows(offered.taken())) {
        continue;
      }
      TailQuery.Rows rows = query.rows(offered.batch());
      int size = rows.size();
      if (size > 0 && count == 0 && areAllFull()) {
        miss(size);
        continue;
      }
      for (int i = 0; i < size; i++) {
        separate(json, count++);
        rows.printNext(json);
        if (json.size() >= CHUNK_BYTES) {
          handOn(json, count);
          count = 0;
        }
      }
    }
    if (count > 0) {
      handOn(json, count);
    }
  }

  private void separate(RecordJson json, int before) {
    int separator = before > 0 ? key.format().between : key.format().before;
    if (separator != 0) {
      json.raw(separator);
    }
  }

  private void handOn(RecordJson json, int count) {
    json.raw(key.format().after);
    Records records = new Records(json.take(), count, room);
    for (TailSubscriber subscriber : subscribers) {
      subscriber.offer(records);
    }
    records.letGo();
  }

  private boolean areAllFull() {
    if (room.get() <= 0) {
      return true;
    }
    for (TailSubscriber subscriber : subscribers) {
      if (subscriber.hasRoom()) {
        return false;
      }
    }
    return true;
  }

  /** Counts records that no reader of this group will see. */
  void miss(long count) {
    if (count == 0) {
      return;
    }
    for (TailSubscriber subscriber : subscribers) {
      subscriber.miss(count);
    }
  }
}
