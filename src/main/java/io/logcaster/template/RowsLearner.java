package io.logcaster.template;

import io.logcaster.query.TemplateNames;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesEncoder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.TextShape;
import io.logcaster.record.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns the templates of a batch in memory or on disk. A column of a segment is not decoded for
 * templates that are known: its own templates have keys, too. The caller holds the registry's lock.
 */
final class RowsLearner {

  private static final int EMPTY = 0;

  private final TemplateRegistry registry;

  /** Counts records; null if somebody else does. */
  private final @Nullable Tally tally;

  RowsLearner(TemplateRegistry registry, @Nullable Tally tally) {
    this.registry = registry;
    this.tally = tally;
  }

  /** The rows of a batch with the same template. */
  private static final class Found {

    /** Null until the first row is known, if the template is new. */
    @Nullable KnownTemplate template;

    int count;
    int first;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
  }

  /** Numbers the templates of a batch. */
  private final class Encoder implements BytesEncoder {

    final List<Found> found = new ArrayList<>();

    private final Map<Long, Integer> numbers = new HashMap<>();

    private final ByteBuilder text = new ByteBuilder(256);

    Encoder() {
      found.add(new Found());
    }

    @Override
    public int encode(byte[] bytes, int from, int end) {
      if (from == end) {
        return EMPTY;
      }
      int to = TemplateNames.cut(bytes, from, end);
      long key = MessageKey.of(bytes, from, to);
      Object known = (key == MessageKey.NONE) ? null : registry.cached(key);
      if (known instanceof KnownTemplate template) {
        // If somebody else counts, that one also finds earlier first records.
        return (tally == null) ? EMPTY : number(template.id, template);
      }
      text.truncate(0);
      TemplateNames.map(bytes, from, to, text);
      KnownTemplate template = registry.find(text);
      if (template != null && key != MessageKey.NONE) {
        registry.cache(key, template);
      }
      return number(template);
    }

    @Override
    public int encode(TextShape shape) {
      if (longest(shape) == 0) {
        return EMPTY;
      }
      text.truncate(0);
      return (longest(shape) <= TemplateNames.MAX_LENGTH && TemplateNames.map(shape, text))
          ? number(registry.find(text))
          : -1;
    }

    private int number(@Nullable KnownTemplate template) {
      return (template != null)
          ? number(template.id, template)
          : number(TemplateNames.id(text.array(), 0, text.length()), null);
    }

    private int number(long id, @Nullable KnownTemplate template) {
      Integer known = numbers.putIfAbsent(id, found.size());
      if (known != null) {
        return known;
      }
      Found next = new Found();
      next.template = template;
      found.add(next);
      return found.size() - 1;
    }
  }

  private static long longest(TextShape shape) {
    long length = 0;
    for (byte[] part : shape.parts()) {
      length += part.length;
    }
    for (TextShape.Gap gap : shape.gaps()) {
      length += gap.maxLength();
    }
    return length;
  }

  void learn(RecordBatch batch) {
    Column messages = batch.column(Field.MESSAGE);
    Encoder encoder = new Encoder();
    int[] codes = new int[batch.size()];
    messages.encode(Bitmap.all(batch.size()), encoder, codes);
    long[] times = batch.times();
    for (int row = 0; row < batch.size(); row++) {
      Found found = encoder.found.get(codes[row]);
      found.count++;
      if (times[row] < found.earliest) {
        found.earliest = times[row];
        found.first = row;
      }
      found.latest = Math.max(found.latest, times[row]);
    }
    for (Found found : encoder.found.subList(1, encoder.found.size())) {
      if (found.count > 0) {
        resolve(found, batch, messages);
      }
    }
    if (tally != null) {
      count(tally, encoder.found, codes, batch);
    }
  }

  private void resolve(Found found, RecordBatch batch, Column messages) {
    KnownTemplate known = found.template;
    if (known != null && !TemplateRegistry.isOfInterest(known, found.earliest)) {
      return;
    }
    Column message = messages.pick(new int[] {found.first});
    byte[] bytes = message.bytes();
    int from = message.start(0);
    int to = message.end(0);
    if (known == null) {
      known = registry.template(bytes, from, to, batch, found.first);
      found.template = known;
    }
    registry.seen(known, bytes, from, to, batch, found.first);
  }

  private static void count(Tally tally, List<Found> found, int[] codes, RecordBatch batch) {
    boolean oneDay = day(batch.minTime()) == day(batch.maxTime());
    if (oneDay) {
      for (Found each : found.subList(1, found.size())) {
        if (each.template != null) {
          tally.add(each.template, day(batch.minTime()), each.count, each.latest);
        }
      }
      return;
    }
    for (int row = 0; row < batch.size(); row++) {
      KnownTemplate template = found.get(codes[row]).template;
      if (template != null) {
        tally.add(template, day(batch.times()[row]), 1, batch.times()[row]);
      }
    }
  }

  private static long day(long time) {
    return Math.floorDiv(time, Timestamps.DAY);
  }
}
