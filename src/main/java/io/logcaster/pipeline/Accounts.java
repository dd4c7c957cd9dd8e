package io.logcaster.pipeline;

import io.logcaster.record.Bitmap;
import io.logcaster.transform.Portion;
import io.logcaster.transform.Receipt;
import io.logcaster.transform.Removal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of records that waited in transforms: they came with several batches, perhaps of
 * several inputs, and each is counted where it came from.
 *
 * @param owners for each record, the batch it came with
 * @param inRange the records whose time is acceptable
 * @param stored the records that the filter lets pass as well
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Accounts(Portion portion, Receipt[] owners, Bitmap inRange, Bitmap stored) {

  static @Nullable Accounts of(Portion portion, Bitmap inRange, Bitmap stored) {
    Receipt[] owners = portion.owners();
    return (owners == null) ? null : new Accounts(portion, owners, inRange, stored);
  }

  /** Counts the records that are durable now. */
  void store() {
    for (int row = 0; row < owners.length; row++) {
      Delivery owner = (Delivery) owners[row];
      if (stored.get(row)) {
        owner.input.store(1);
        owner.count(1, 0, 0);
      } else if (inRange.get(row)) {
        owner.input.filter(1);
        owner.count(0, 1, 0);
      } else {
        owner.input.rejectReceived(Pipeline.TIME_OUT_OF_RANGE, 1);
        owner.count(0, 0, 1);
      }
    }
    Receipt[] removed = portion.removedOwners();
    if (removed == null) {
      return;
    }
    int row = 0;
    for (Removal why : portion.removed().keySet()) {
      for (int i = portion.removed().getOrDefault(why, 0); i > 0; i--) {
        Delivery owner = (Delivery) removed[row++];
        owner.input.transform(why.reason(), 1);
        owner.count(0, 1, 0);
      }
    }
  }

  /** All records, to be counted as lost. */
  List<Delivery> all() {
    Receipt[] removed = portion.removedOwners();
    return Stream.concat(
            Arrays.stream(owners), (removed == null) ? Stream.empty() : Arrays.stream(removed))
        .map(Delivery.class::cast)
        .toList();
  }
}
