package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A batch on its way through the transforms. Its rows keep their numbers until the end. */
final class Work {

  /** The columns by now. */
  RecordBatch batch;

  /** The rows that are still in this batch. */
  final Bitmap alive;

  /** The batches from which the rows come; empty for records that the server makes. */
  final Set<Receipt> receipts;

  /** For each row, the batch in whose accounts it is; null if there is only one, or none. */
  final Receipt @Nullable [] owners;

  /** Whether rows may wait for rows of later batches. */
  final boolean carries;

  final Map<Removal, Integer> removed = new EnumMap<>(Removal.class);

  /** The way of these records to the disk. */
  final Passage passage = new Passage();

  /** Records of others that must be durable before the senders of these are answered. */
  final Set<Passage> awaited = new LinkedHashSet<>();

  /** Records in the queues of sinks, which must be durable before this batch counts as durable. */
  final List<CompletableFuture<?>> routed = new ArrayList<>();

  /** Records that leave a step before the rows of this batch do. */
  final List<Work> emitted = new ArrayList<>();

  /** The receipts that were held back for records of this batch. */
  final List<Receipt> holds = new ArrayList<>();

  /** The same for the batches from which the records come. */
  final List<Passage> heldPassages = new ArrayList<>();

  /** How many rows wait for rows of later batches. */
  int carried;

  /** Whether the rows are copies that are only shown, and count nowhere. */
  boolean isCopy;

  Work(RecordBatch batch, Set<Receipt> receipts, Receipt @Nullable [] owners, boolean carries) {
    this.batch = batch;
    this.alive = Bitmap.all(batch.size());
    this.receipts = receipts;
    this.owners = owners;
    this.carries = carries;
  }

  /** Copies of records, to be changed for somebody who watches. */
  static Work copy(RecordBatch records) {
    Work work = new Work(records, Set.of(), null, false);
    work.isCopy = true;
    return work;
  }

  /** The batch in whose accounts a row is; null for a record that the server makes. */
  @Nullable Receipt owner(int row) {
    if (owners != null) {
      return owners[row];
    }
    return receipts.isEmpty() ? null : receipts.iterator().next();
  }

  /** Takes rows out of the batch. */
  void remove(Bitmap rows, Removal reason) {
    alive.andNot(rows);
    count(reason, rows.cardinality());
  }

  void remove(int row, Removal reason) {
    alive.clear(row);
    count(reason, 1);
  }

  private void count(Removal reason, int rows) {
    removed.merge(reason, rows, Integer::sum);
  }
}
