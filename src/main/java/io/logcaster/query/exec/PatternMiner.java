package io.logcaster.query.exec;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.query.exec.text.Template;
import io.logcaster.query.exec.text.TemplateGroups;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.logcaster.record.WorkLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Groups messages by their templates: a {@link Template} for each message, then {@link
 * TemplateGroups} over the distinct templates. Counts are kept for short intervals of time, which
 * are merged in pairs as the range of the records grows.
 */
public final class PatternMiner implements RowSink {

  /**
   * The memory of a template in addition to its text, in bytes: an example, mostly short, and
   * objects.
   */
  private static final int TEMPLATE_BYTES = 500;

  /** The memory of the count of one interval, in bytes: two numbers and an entry of a map. */
  private static final int PART_BYTES = 88;

  private final @Nullable Part[] parts;

  private final boolean trends;

  private PatternMiner(int workers, boolean trends) {
    this.parts = new Part[workers];
    this.trends = trends;
  }

  /** Finds templates with their trend. */
  public static PatternMiner withTrends(int workers) {
    return new PatternMiner(workers, true);
  }

  /** Only counts templates, which needs neither the times nor the text of most rows. */
  public static PatternMiner counting(int workers) {
    return new PatternMiner(workers, false);
  }

  /**
   * A template.
   *
   * @param pattern the text, with {@code <*>} for what varies
   * @param member the most frequent of the templates that it stands for; itself if it is none
   * @param count how many records have it
   * @param trend counts over equal parts of the range, oldest first
   * @param example a message
   */
  public record Pattern(
      String pattern, String member, long count, List<Long> trend, String example) {}

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    Part part = parts[worker];
    if (part == null) {
      part = new Part();
      parts[worker] = part;
    }
    if (trends) {
      part.add(frame, rows);
    } else {
      part.count(frame, rows);
    }
    return true;
  }

  /** How many rows were taken. */
  public long rows() {
    long rows = 0;
    for (Part part : parts) {
      rows += (part == null) ? 0 : part.rows;
    }
    return rows;
  }

  /**
   * The count and an example of a template.
   *
   * @param count how many records have it
   * @param example a message; empty if there are none
   */
  record Total(long count, String example) {

    static final Total NONE = new Total(0, "");

    Total plus(Total other) {
      return new Total(count + other.count, example.isEmpty() ? other.example : example);
    }
  }

  /** The templates as they are, without groups. */
  Map<String, Total> totals() {
    Map<String, Found> templates = new LinkedHashMap<>();
    for (Part part : parts) {
      if (part != null) {
        part.copyTo(templates);
      }
    }
    Map<String, Total> totals = new LinkedHashMap<>();
    templates.forEach(
        (template, found) ->
            totals.put(
                template, new Total(found.count, Objects.requireNonNullElse(found.example, ""))));
    return totals;
  }

  /**
   * The most frequent templates, with counts over equal parts of a range; an open end of the range
   * is that of the rows.
   */
  public List<Pattern> patterns(long limit, int trendParts, long start, long end) {
    Map<String, Found> templates = new LinkedHashMap<>();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (Part part : parts) {
      if (part != null) {
        part.copyTo(templates);
        min = Math.min(min, part.min);
        max = Math.max(max, part.max);
      }
    }
    long from = (start == Long.MIN_VALUE) ? min : start;
    long to = (end == Long.MAX_VALUE) ? max : end;
    Map<String, String> groups = TemplateGroups.of(templates.keySet());
    Map<String, Long> counts = new HashMap<>();
    templates.forEach((template, found) -> counts.put(template, found.count));
    Map<String, String> members = members(groups, counts);
    Map<String, Found> grouped = new HashMap<>();
    templates.forEach(
        (template, found) ->
            grouped.merge(groups.getOrDefault(template, template), found, Found::plus));
    return grouped.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Found> entry) -> entry.getValue().count)
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit((limit == 0) ? Long.MAX_VALUE : limit)
        .map(
            (entry) ->
                new Pattern(
                    entry.getKey(),
                    members.getOrDefault(entry.getKey(), entry.getKey()),
                    entry.getValue().count,
                    entry.getValue().times.trend(trendParts, from, to),
                    Objects.requireNonNullElse(entry.getValue().example, "")))
        .toList();
  }

  /**
   * For each group, its most frequent template.
   *
   * @param counts of all templates
   */
  static Map<String, String> members(Map<String, String> groups, Map<String, Long> counts) {
    Map<String, String> members = new HashMap<>();
    groups.forEach(
        (template, group) ->
            members.merge(
                group,
                template,
                (one, other) -> {
                  long more = counts.getOrDefault(one, 0L) - counts.getOrDefault(other, 0L);
                  boolean first = more > 0 || (more == 0 && one.compareTo(other) < 0);
                  return first ? one : other;
                }));
    return members;
  }

  /** What is known of a template. */
  private static final class Found {

    private @Nullable String example;

    private long count;

    private final PatternTimes times = new PatternTimes();

    Found plus(Found other) {
      example = (example != null) ? example : other.example;
      count += other.count;
      times.addAll(other.times);
      return this;
    }
  }

  private static final class Part {

    private final TemplateCodes templates = new TemplateCodes();

    private final List<Found> found = new ArrayList<>();

    /** The memory that the query's budget knows of, in bytes. */
    private long held;

    private long rows;

    private long min = Long.MAX_VALUE;

    private long max = Long.MIN_VALUE;

    void add(Frame frame, Bitmap selected) {
      Column messages = frame.column(Field.MESSAGE);
      int[] codes = new int[frame.size()];
      encode(messages, selected, codes);
      Column times = frame.column(Field.TIME);
      for (int row = selected.next(0); row >= 0; row = selected.next(row + 1)) {
        rows++;
        Found known = found.get(codes[row]);
        known.count++;
        if (known.example == null) {
          known.example = example(messages.pick(new int[] {row}));
        }
        long time =
            (times instanceof TimeColumn column)
                ? column.times()[row]
                : Timestamps.parse(times.text(row));
        if (time != Timestamps.INVALID) {
          known.times.add(time);
          min = Math.min(min, time);
          max = Math.max(max, time);
        }
      }
      account();
    }

    void count(Frame frame, Bitmap selected) {
      Column messages = frame.column(Field.MESSAGE);
      int[] codes = new int[frame.size()];
      encode(messages, selected, codes);
      int[] counts = new int[found.size()];
      if (selected.isFull()) {
        for (int code : codes) {
          counts[code]++;
        }
      } else {
        for (int row = selected.next(0); row >= 0; row = selected.next(row + 1)) {
          counts[codes[row]]++;
        }
      }
      boolean newOnes = false;
      for (int code = 0; code < counts.length; code++) {
        Found known = found.get(code);
        known.count += counts[code];
        rows += counts[code];
        newOnes |= counts[code] > 0 && known.example == null;
      }
      if (newOnes) {
        addExamples(messages, selected, codes);
      }
      account();
    }

    private void addExamples(Column messages, Bitmap selected, int[] codes) {
      for (int row = selected.next(0); row >= 0; row = selected.next(row + 1)) {
        Found known = found.get(codes[row]);
        if (known.example == null) {
          known.example = example(messages.pick(new int[] {row}));
        }
      }
    }

    private void account() {
      long bytes = templates.memoryBytes();
      for (Found known : found) {
        bytes += TEMPLATE_BYTES + (long) known.times.size() * PART_BYTES;
      }
      WorkLimit.holding(bytes - held);
      held = bytes;
    }

    private static String example(Column message) {
      int from = message.start(0);
      int to = Template.cut(message.bytes(), from, message.end(0));
      return new String(message.bytes(), from, to - from, StandardCharsets.UTF_8);
    }

    private void encode(Column messages, Bitmap selected, int[] codes) {
      messages.encode(selected, templates, codes);
      while (found.size() < templates.size()) {
        found.add(new Found());
      }
    }

    void copyTo(Map<String, Found> target) {
      for (int id = 0; id < found.size(); id++) {
        target.merge(templates.template(id), found.get(id), Found::plus);
      }
    }
  }
}
