package io.logcaster.pipeline;

import io.logcaster.pipeline.StageLatencies.Stage;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import io.logcaster.transform.Portion;
import io.logcaster.transform.Transforms;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a batch before it is appended: transforms ▸ time range ▸ record filter. Used by
 * the pipeline's thread only.
 */
final class Preparation {

  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  /** The input of records that transforms make, such as counts of folded records. */
  static final String TRANSFORMS = "transforms";

  private final Transforms transforms;
  private final TimeRange timeRange;
  private final RowFilter recordFilter;
  private final Ledger ledger;
  private final TakenRecords taken;

  Preparation(
      Transforms transforms,
      TimeRange timeRange,
      RowFilter recordFilter,
      Ledger ledger,
      TakenRecords taken) {
    this.transforms = transforms;
    this.timeRange = timeRange;
    this.recordFilter = recordFilter;
    this.ledger = ledger;
    this.taken = taken;
  }

  /** Filters a batch; what transforms release of earlier batches comes before it. */
  List<Delivery> prepare(Delivery delivery) {
    long taken = System.nanoTime();
    List<Delivery> prepared = List.of(delivery);
    if (!transforms.isIdle() && !delivery.isPrepared) {
      List<Portion> portions = transforms.apply(delivery.batch, delivery, delivery.carries);
      prepared = released(portions.subList(0, portions.size() - 1));
      use(delivery, portions.getLast());
      prepared.add(delivery);
    }
    filter(delivery);
    StageLatencies latencies = ledger.latencies();
    if (delivery.arrived() != delivery.submitted) {
      latencies.record(Stage.DECODE, delivery.submitted - delivery.arrived());
    }
    latencies.record(Stage.BUFFER, taken - delivery.submitted);
    latencies.record(Stage.FILTER, delivery.appended - taken);
    return prepared;
  }

  private static void use(Delivery delivery, Portion portion) {
    delivery.portion = portion;
    delivery.kept = portion.batch();
    portion.awaited().forEach((others) -> delivery.await(others.end()));
    portion.routed().forEach(delivery::await);
    List<Delivery> waiting = delivery.waiting();
    if (!waiting.isEmpty()) {
      var _ =
          delivery.done.whenComplete(
              (outcome, ex) -> waiting.forEach((other) -> other.release(ex)));
    }
  }

  /** Deliveries of records that waited, and of those that transforms made. */
  List<Delivery> released(List<Portion> portions) {
    List<Delivery> released = new ArrayList<>();
    for (Portion portion : portions) {
      boolean own = portion.receipts().isEmpty();
      boolean patient =
          own || portion.receipts().stream().anyMatch((receipt) -> ((Delivery) receipt).patient);
      // Records that waited are in the accounts of their own inputs.
      InputMetrics input =
          own ? ledger.open(TRANSFORMS) : ((Delivery) portion.receipts().iterator().next()).input;
      Delivery delivery = Delivery.released(portion, input, patient);
      if (own) {
        input.receive(portion.batch().size() + portion.removals());
      }
      use(delivery, portion);
      filter(delivery);
      released.add(delivery);
    }
    return released;
  }

  private void filter(Delivery delivery) {
    RecordBatch batch = delivery.kept;
    Bitmap rows = Bitmap.all(batch.size());
    timeRange.retain(batch, rows);
    int inRange = rows.cardinality();
    Bitmap wanted = rows.copy();
    try {
      if (!delivery.isPrepared) {
        recordFilter.retain(batch, wanted);
      }
    } catch (RuntimeException | StackOverflowError ex) {
      // A failing filter must not lose records that it was not meant to remove: keep the batch.
      LOG.warn("The record filter failed on a batch, which is stored unfiltered", ex);
      wanted = rows;
    }
    delivery.kept = batch.select(wanted);
    if (taken.isWatching()) {
      taken.show(batch, rows, wanted, recordFilter);
    }
    delivery.outOfRange = batch.size() - inRange;
    delivery.filtered = inRange - delivery.kept.size();
    Portion portion = delivery.portion;
    if (portion != null) {
      delivery.accounts = Accounts.of(portion, rows, wanted);
    }
    delivery.appended = System.nanoTime();
  }
}
