package io.logcaster.template;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.RowFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Selects and sorts templates.
 *
 * @param since the earliest time first seen
 * @param severity the lowest severity number of the first record; 0 for all
 * @param filter a filter of the query language; to it, a template is a record whose message is the
 *     template and whose time is that of its birth
 * @param sort the order
 */
record TemplateQuery(Instant since, int severity, RowFilter filter, Sort sort) {

  private static final Comparator<KnownTemplate> BY_ID =
      Comparator.comparingLong((template) -> template.id);

  /** Orders, the newest or most frequent first. */
  enum Sort {
    FIRST_SEEN(Comparator.comparingLong((KnownTemplate each) -> each.first.time()).reversed()),
    LAST_SEEN(Comparator.comparingLong((KnownTemplate each) -> each.lastSeen).reversed()),
    COUNT(Comparator.comparingLong((KnownTemplate each) -> each.count).reversed()),
    TEMPLATE(Comparator.comparing(KnownTemplate::template));

    @SuppressWarnings("ImmutableEnumChecker") // comparators have no state
    final Comparator<KnownTemplate> order;

    Sort(Comparator<KnownTemplate> order) {
      this.order = order.thenComparing(BY_ID);
    }
  }

  /** The selected templates, in order. */
  List<KnownTemplate> select(Stream<KnownTemplate> templates) {
    List<KnownTemplate> candidates =
        templates.filter((template) -> isRecent(template) && isSevere(template)).toList();
    return (filter.equals(RowFilter.ALL) ? candidates.stream() : filtered(candidates).stream())
        .sorted(sort.order)
        .toList();
  }

  private boolean isRecent(KnownTemplate template) {
    return !KnownTemplate.instant(template.first.time()).isBefore(since);
  }

  private boolean isSevere(KnownTemplate template) {
    return severity == Severity.UNSET || Severity.parse(template.first.level()) >= severity;
  }

  private List<KnownTemplate> filtered(List<KnownTemplate> candidates) {
    List<KnownTemplate> selected = new ArrayList<>();
    for (int from = 0; from < candidates.size(); from += RecordBatchBuilder.MAX_RECORDS) {
      int to = Math.min(candidates.size(), from + RecordBatchBuilder.MAX_RECORDS);
      List<KnownTemplate> part = candidates.subList(from, to);
      RecordBatch batch = batch(part);
      Bitmap rows = Bitmap.all(batch.size());
      filter.retain(batch, rows);
      for (int row : rows.toArray()) {
        selected.add(part.get(row));
      }
    }
    return selected;
  }

  private static RecordBatch batch(List<KnownTemplate> templates) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    builder.limits(Integer.MAX_VALUE, Long.MAX_VALUE);
    for (KnownTemplate template : templates) {
      FirstRecord first = template.first;
      builder.time(first.time());
      builder.severity(Severity.parse(first.level()));
      builder.message(template.text, 0, template.text.length);
      builder.value(RecordBatchBuilder.LEVEL, first.level());
      builder.value(builder.column("host"), first.host());
      builder.value(builder.column("app"), first.app());
      builder.value(builder.column("id"), template.name());
      builder.value(builder.column("example"), first.example());
      builder.value(builder.column("count"), Long.toString(template.count));
      builder.value(builder.column("lastSeen"), Timestamps.format(template.lastSeen));
      builder.end();
    }
    return builder.build();
  }
}
