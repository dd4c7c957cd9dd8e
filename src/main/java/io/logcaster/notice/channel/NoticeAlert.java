package io.logcaster.notice.channel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a notice.
 *
 * @param rule the rule's id
 * @param name the rule's name
 * @param labels its group's fields and their values
 * @param firing whether it fires; otherwise it is resolved
 * @param value the latest value
 * @param threshold what the value was compared with; null if there is nothing
 * @param reason the condition with its numbers; when it is resolved, why; empty if unknown
 * @param from the state that it fired from
 * @param since when it fired
 * @param until when it was resolved; null while it fires
 * @param records the first records that match
 * @param template the most frequent message template of the records; empty if unknown
 * @param count how many records match; negative if unknown
 * @param link the console's Explore with these records; empty if unknown
 * @param chart the value in the time before, the oldest first
 */
public record NoticeAlert(
    String rule,
    String name,
    String severity,
    SortedMap<String, String> labels,
    boolean firing,
    double value,
    @Nullable Double threshold,
    String reason,
    String from,
    Instant since,
    @Nullable Instant until,
    List<Map<String, String>> records,
    String template,
    long count,
    String link,
    List<Point> chart) {

  /** A value at a time. */
  public record Point(Instant time, double value) {}

  public NoticeAlert {
    labels = new TreeMap<>(labels);
    records = List.copyOf(records);
    chart = List.copyOf(chart);
  }

  NoticeAlert resolvedAt(Instant time) {
    return new NoticeAlert(
        rule, name, severity, labels, false, value, threshold, reason, from, since, time, records,
        template, count, link, chart);
  }
}
