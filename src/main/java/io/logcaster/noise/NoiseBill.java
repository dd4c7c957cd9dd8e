package io.logcaster.noise;

import io.logcaster.query.QueryEngine;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.StorageStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Computes what each message template costs. The storage compresses the records of a block
 * together, so a template's bytes on disk are its part of them by the length of its messages.
 */
@Component
class NoiseBill {

  /** What a shortened message keeps, in bytes: the line that people read in a list. */
  static final int SHORT = 200;

  /** Of records that are sampled, one of this many is kept. */
  static final int SAMPLED = 10;

  /**
   * Records that stand for a template when it is asked who reads it: one for each app and level.
   */
  private static final int MAX_EXAMPLES = 20;

  private static final String QUERY =
      "* | pattern as _template | stats by (_template, app, level)"
          + " count() records, sum_len(_msg) text, row_any() example";

  private final QueryEngine engine;
  private final LogStorage storage;
  private final Readers readers;

  NoiseBill(QueryEngine engine, LogStorage storage, Readers readers) {
    this.engine = engine;
    this.storage = storage;
    this.readers = readers;
  }

  /**
   * What keeping less of a template would save on disk, in bytes.
   *
   * @param drop if none of its records are stored
   * @param sample if one of ten is stored
   * @param shorten if messages keep their first 200 bytes; judged by their average length
   */
  record Savings(long drop, long sample, long shorten) {}

  /**
   * A template.
   *
   * @param template the text, with placeholders for what varies
   * @param example a message
   * @param records how many records of the range have it
   * @param bytes its part of the bytes on disk
   * @param share its part of the bytes on disk of the range, from 0 to 1
   * @param readBy who asked for it in the last 30 days, those who asked most first
   * @param savings what keeping less of it would save
   */
  record Item(
      String template,
      String example,
      long records,
      long bytes,
      double share,
      List<Readers.Reader> readBy,
      Savings savings) {}

  /** What is known of a template. */
  static final class Template {

    private final String text;
    private final List<String> examples = new ArrayList<>();
    private long records;
    private long bytes;

    Template(String text) {
      this.text = text;
    }

    /** Records that have it, as JSON objects. */
    List<String> examples() {
      return examples;
    }

    private void add(Map<String, String> row) {
      records += Long.parseLong(row.getOrDefault("records", "0"));
      bytes += Long.parseLong(row.getOrDefault("text", "0"));
      String example = row.getOrDefault("example", "");
      if (examples.size() < MAX_EXAMPLES && !example.isEmpty()) {
        examples.add(example);
      }
    }
  }

  /**
   * The bill of a range.
   *
   * @param start the earliest time in nanoseconds since the epoch, included
   * @param end the latest time, included
   * @param now the current time, from which the relative times of queries count
   * @param viewer who must not see what other people asked; null for those who may
   */
  List<Item> items(long start, long end, long now, int limit, @Nullable String viewer)
      throws IOException {
    Map<String, Template> templates = new HashMap<>();
    for (Map<String, String> row : engine.rows(engine.parse(QUERY), start, end)) {
      templates.computeIfAbsent(row.getOrDefault("_template", ""), Template::new).add(row);
    }
    long records = templates.values().stream().mapToLong((each) -> each.records).sum();
    long text = templates.values().stream().mapToLong((each) -> each.bytes).sum();
    StorageStats stats = storage.stats();
    double onDisk =
        (stats.records() == 0)
            ? 0
            : stats.bytes() * Math.min(1.0, (double) records / stats.records());
    List<Template> largest =
        templates.values().stream()
            .sorted(
                Comparator.comparingLong((Template each) -> each.bytes)
                    .reversed()
                    .thenComparing((each) -> each.text))
            .limit(limit)
            .toList();
    List<List<Readers.Reader>> readBy = readers.of(largest, now, viewer);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < largest.size(); i++) {
      items.add(item(largest.get(i), readBy.get(i), text, onDisk));
    }
    return items;
  }

  private Item item(Template template, List<Readers.Reader> readBy, long text, double onDisk) {
    double share = (text == 0) ? 0 : (double) template.bytes / text;
    long bytes = Math.round(onDisk * share);
    double length = (double) template.bytes / Math.max(1, template.records);
    long shorten = (length <= SHORT) ? 0 : Math.round(bytes * (1 - SHORT / length));
    return new Item(
        template.text,
        readers.message(template),
        template.records,
        bytes,
        share,
        readBy,
        new Savings(bytes, bytes - bytes / SAMPLED, shorten));
  }
}
