package io.logcaster.storage.segment.file;

import io.logcaster.record.Hash;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.MessageBlock;
import io.logcaster.storage.segment.column.TemplateEncoder;
import io.logcaster.storage.segment.column.TextSlices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a block in the form in which {@link ColumnEncoder} has analysed them: their
 * groups are the column's templates or, for a dictionary, its entries.
 */
final class WrittenMessages implements MessageBlock {

  /** Tells the keys of equal messages from those of templates. */
  private static final long EQUAL = 0x5bd1e995;

  private final RowOrder order;
  private final List<RecordBatch> batches;
  private final int from;
  private final Presence presence;
  private final TextSlices texts;
  private final @Nullable TemplateEncoder templates;

  /** The text of each message; null if each message has its own. */
  private final byte @Nullable [] codes;

  /** The row of each message in the block; null if all rows have one. */
  private final int @Nullable [] rows;

  private WrittenMessages(
      Presence presence,
      TextSlices texts,
      byte @Nullable [] codes,
      @Nullable TemplateEncoder templates,
      RowOrder order,
      List<RecordBatch> batches,
      int from) {
    this.presence = presence;
    this.texts = texts;
    this.codes = codes;
    this.templates = templates;
    this.order = order;
    this.batches = batches;
    this.from = from;
    rows = presence.hasEmpty() ? present(presence) : null;
  }

  /**
   * The messages of a block.
   *
   * @param templates the templates of varied values; null if they were not found
   * @param from the first row of the block in the order
   */
  static WrittenMessages of(
      ColumnValues values,
      @Nullable TemplateEncoder templates,
      RowOrder order,
      List<RecordBatch> batches,
      int from) {
    return switch (values) {
      case ColumnValues.Repeated repeated ->
          new WrittenMessages(
              repeated.presence(),
              repeated.entries(),
              repeated.codes(),
              null,
              order,
              batches,
              from);
      case ColumnValues.Varied varied ->
          new WrittenMessages(
              varied.presence(), varied.texts(), null, templates, order, batches, from);
    };
  }

  private static int[] present(Presence presence) {
    int[] rows = new int[presence.count()];
    int at = 0;
    for (int row = 0; row < presence.rows(); row++) {
      if (presence.has(row)) {
        rows[at++] = row;
      }
    }
    return rows;
  }

  @Override
  public int size() {
    return presence.count();
  }

  @Override
  public int groups() {
    if (codes != null) {
      return texts.count();
    }
    return (templates != null) ? templates.count() : 0;
  }

  @Override
  public long key(int group) {
    return (templates != null)
        ? templates.hash(group)
        : Hash.bytes(texts.bytes(), texts.start(group), texts.end(group), EQUAL);
  }

  @Override
  public int group(int index) {
    if (codes != null) {
      return codes[index] & 0xff;
    }
    return (templates != null) ? templates.template(index) : 0;
  }

  private int text(int index) {
    return (codes != null) ? codes[index] & 0xff : index;
  }

  @Override
  public byte[] bytes(int index) {
    return texts.bytes();
  }

  @Override
  public int start(int index) {
    return texts.start(text(index));
  }

  @Override
  public int end(int index) {
    return texts.end(text(index));
  }

  private int place(int index) {
    return from + ((rows != null) ? rows[index] : index);
  }

  @Override
  public long time(int index) {
    return order.time(place(index));
  }

  @Override
  public RecordBatch batch(int index) {
    return batches.get(order.batch(place(index)));
  }

  @Override
  public int row(int index) {
    return order.row(place(index));
  }
}
