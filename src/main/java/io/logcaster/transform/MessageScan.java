package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.transform.TransformChain.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the records that the filters of a chain cannot select, because their messages lack the
 * texts that these filters ask for. Used for one batch after the other by one thread.
 */
final class MessageScan {

  private final LiteralScan scan;

  /** For each link the numbers of its texts; empty if it asks for none. */
  private final int[][] wanted;

  /** The messages that were searched last. */
  private @Nullable Column searched;

  private @Nullable Bitmap[] found = {};

  private MessageScan(LiteralScan scan, int[][] wanted) {
    this.scan = scan;
    this.wanted = wanted;
  }

  /** Makes a scan for links; null if a single filter can look for itself as well. */
  static @Nullable MessageScan of(List<Link> links) {
    List<String> texts = new ArrayList<>();
    int[][] wanted = new int[links.size()][];
    int filters = 0;
    for (int i = 0; i < wanted.length; i++) {
      List<String> own = links.get(i).literals();
      filters += own.isEmpty() ? 0 : 1;
      for (String text : own) {
        if (!texts.contains(text)) {
          texts.add(text);
        }
      }
      wanted[i] = own.stream().mapToInt(texts::indexOf).toArray();
    }
    return filters > 1 ? new MessageScan(new LiteralScan(texts), wanted) : null;
  }

  /** Clears rows that the filter of a link does not select. */
  @SuppressWarnings("ReferenceEquality") // changed messages are another column
  void narrow(int link, RecordBatch batch, Bitmap rows) {
    int[] texts = wanted[link];
    if (texts.length == 0) {
      return;
    }
    Column messages = batch.column(Field.MESSAGE);
    if (messages != searched) {
      found = scan.find(messages, batch.size());
      searched = messages;
    }
    Bitmap having = null;
    for (int text : texts) {
      Bitmap one = found[text];
      if (one != null && having == null) {
        having = texts.length == 1 ? one : one.copy();
      } else if (one != null && having != null) {
        having.or(one);
      }
    }
    if (having == null) {
      rows.clear();
    } else {
      rows.and(having);
    }
  }

  /** Lets go of a batch. */
  void forget() {
    searched = null;
    found = new Bitmap[0];
  }
}
