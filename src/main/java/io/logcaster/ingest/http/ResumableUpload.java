package io.logcaster.ingest.http;

import io.logcaster.ingest.journal.JournalCursor;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.DeliveryMark;
import org.jspecify.annotations.Nullable;

/**
 * How much of an upload is stored. A sender whose upload broke off, or whose answer was lost,
 * begins again with the same entry, so that one names the upload. The batches of an upload carry
 * {@linkplain DeliveryMark marks}, which are durable with their records: nothing is stored twice,
 * even after a crash. Not thread-safe.
 */
final class ResumableUpload {

  private final String client;
  private final JournalCursor first;

  /** How far the last entry that was stored before is from the first; -1 if none was. */
  private final long known;

  /** How far the last entry with a mark is from the first; -1 if none has one. */
  private long marked;

  /** The same for entries that were written. */
  private long written;

  ResumableUpload(JournalCursor first, Intake intake) {
    this.first = first;
    client = DeliveryMark.UPLOAD + first.sequence() + '/' + Long.toHexString(first.number());
    known = intake.lastDelivery(client);
    marked = known;
    written = known;
  }

  /** Whether an entry was stored by an earlier upload that began like this one. */
  boolean isKnown(@Nullable JournalCursor cursor) {
    return distance(cursor) <= known;
  }

  /** How far an entry is from the first; beyond all if it is in another sequence of entries. */
  private long distance(@Nullable JournalCursor cursor) {
    return cursor == null || !cursor.sequence().equals(first.sequence())
        ? Long.MAX_VALUE
        : Math.max(0, cursor.number() - first.number());
  }

  /** Takes note of an entry of the open batch. */
  void written(@Nullable JournalCursor cursor) {
    long distance = distance(cursor);
    if (distance < Long.MAX_VALUE) {
      written = Math.max(written, distance);
    }
  }

  /** The mark of the open batch; null if none of its entries follows those before. */
  @Nullable DeliveryMark mark() {
    if (written == marked) {
      return null;
    }
    DeliveryMark mark = new DeliveryMark(client, written, marked);
    marked = written;
    return mark;
  }
}
