package io.logcaster.sink;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the batches of a queue. Used by one thread. */
final class QueueReader {

  private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

  private final SinkQueue queue;
  private final SinkCounters counters;

  private record Decoded(QueueFile file, long at, RecordBatch batch) {}

  /** What was read last: several rounds may read parts of it. */
  private @Nullable Decoded decoded;

  /**
   * What is read from the queue.
   *
   * @param position of its first record; larger than that of the place asked for if records were
   *     damaged or dropped
   * @param next the place after it
   */
  record Item(RecordBatch batch, long position, SinkQueue.Place next) {}

  /**
   * @param counters count what is damaged
   */
  QueueReader(SinkQueue queue, SinkCounters counters) {
    this.queue = queue;
    this.counters = counters;
  }

  /**
   * Reads what follows a place. Skips damaged batches and counts them.
   *
   * @param limit the largest number of rows
   * @return null if nothing follows at present
   */
  @Nullable Item read(SinkQueue.Place place, int limit) throws IOException {
    SinkQueue.Place at = place;
    while (true) {
      QueueFiles.Located found = queue.locate(at);
      if (found == null) {
        decoded = null;
        return null;
      }
      QueueFile.Frame frame = found.frame();
      try {
        return item(found, limit);
      } catch (ClosedChannelException ex) {
        // The file was dropped meanwhile.
        at = new SinkQueue.Place(found.file().number() + 1, 0, 0, at.position());
      } catch (IOException ex) {
        LOG.warn("{} records of a sink's queue are lost", frame.rows() - found.row(), ex);
        counters.drop(SinkCounters.DAMAGED, frame.rows() - found.row());
        long after = frame.first() + frame.rows();
        at = new SinkQueue.Place(found.file().number(), frame.end(), 0, after);
      }
    }
  }

  private Item item(QueueFiles.Located found, int limit) throws IOException {
    QueueFile.Frame frame = found.frame();
    RecordBatch batch = batch(found);
    int row = found.row();
    int end = (int) Math.min(frame.rows(), row + (long) limit);
    long file = found.file().number();
    SinkQueue.Place next =
        (end == frame.rows())
            ? new SinkQueue.Place(file, frame.end(), 0, frame.first() + end)
            : new SinkQueue.Place(file, frame.at(), end, frame.first() + end);
    if (row > 0 || end < frame.rows()) {
      int[] rows = new int[end - row];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row + i;
      }
      batch = batch.gather(rows);
    }
    return new Item(batch, frame.first() + row, next);
  }

  private RecordBatch batch(QueueFiles.Located found) throws IOException {
    Decoded known = decoded;
    if (known == null || known.file() != found.file() || known.at() != found.frame().at()) {
      known = new Decoded(found.file(), found.frame().at(), found.file().batch(found.frame()));
      decoded = known;
    }
    return known.batch();
  }
}
