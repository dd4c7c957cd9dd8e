package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what the transforms of a chain take out. What a later transform would have redacted is
 * redacted here, too, so that nobody sees secrets that were never to be stored. Used by one thread
 * at a time.
 */
final class TakenRows {

  private static final Logger LOG = LoggerFactory.getLogger(TakenRows.class);

  private final List<TransformChain.Link> links;

  private TakenListener listener = TakenListener.NOBODY;

  TakenRows(List<TransformChain.Link> links) {
    this.links = links;
  }

  void watchedBy(TakenListener watcher) {
    listener = watcher;
  }

  boolean isWatched() {
    return listener.isWatching();
  }

  /** What a batch was before a step. */
  record Before(RecordBatch batch, Bitmap alive, Map<Removal, Integer> removed) {

    static Before of(Work work) {
      Map<Removal, Integer> removed = new EnumMap<>(Removal.class);
      removed.putAll(work.removed);
      return new Before(work.batch, work.alive.copy(), removed);
    }
  }

  /** Shows the rows that a step has taken out for good: joined lines are stored in others. */
  void show(int link, Before before, Work work) {
    Removal why = null;
    for (Map.Entry<Removal, Integer> now : work.removed.entrySet()) {
      if (now.getValue() > before.removed().getOrDefault(now.getKey(), 0)) {
        why = now.getKey();
      }
    }
    if (why == null || why == Removal.JOIN) {
      return;
    }
    Bitmap rows = before.alive();
    rows.andNot(work.alive);
    try {
      RecordBatch copies =
          Taken.marked(
              before.batch(), rows, links.get(link).name(), why.name().toLowerCase(Locale.ROOT));
      listener.taken(redacted(link + 1, copies));
    } catch (RuntimeException | StackOverflowError ex) {
      LOG.warn("What transform {} took out cannot be shown", links.get(link).name(), ex);
    }
  }

  private RecordBatch redacted(int from, RecordBatch copies) {
    Work work = Work.copy(copies);
    for (TransformChain.Link link : links.subList(from, links.size())) {
      if (link.step() instanceof RedactStep redact) {
        Bitmap rows = Bitmap.all(copies.size());
        RowFilter filter = link.filter();
        if (filter != null) {
          filter.retain(work.batch, rows);
        }
        if (!rows.isEmpty()) {
          redact.apply(work, rows);
        }
      }
    }
    return work.batch;
  }
}
