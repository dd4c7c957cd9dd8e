package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.storage.FieldValueCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Counts which fields records have, and which values each field has. */
final class FieldAggregations {

  /** Names of fields; those of more are found by reading. */
  private static final int MAX_NAMES = 10_000;

  /** Fields in one request: with 1,001 buckets each, as many as a cluster allows. */
  private static final int FIELDS_AT_ONCE = 50;

  /** Buckets of one field; with more, reading the records costs less memory. */
  private static final int MAX_BUCKETS = 10_000;

  /** Messages that are looked at to see that there are too many different ones. */
  private static final int SAMPLE = 5_000;

  private final Aggregations aggregations;

  FieldAggregations(Aggregations aggregations) {
    this.aggregations = aggregations;
  }

  /** How many records have each field; null if that is not known. */
  @Nullable Map<String, Long> names() {
    List<String> asked = new ArrayList<>();
    asked.add("\"names\":{\"terms\":{\"field\":\"names\",\"size\":" + MAX_NAMES + "}}");
    List<String> columns = new ArrayList<>(RecordIndex.COLUMNS);
    columns.add(Field.MESSAGE);
    for (String column : columns) {
      asked.add("\"c-" + column + "\":{\"filter\":" + CriterionQuery.present(column) + "}");
    }
    JsonNode answer = aggregations.ask(asked, Set.of());
    if (answer == null) {
      return null;
    }
    JsonNode found = answer.path("aggregations");
    if (isCut(found.path("names"))) {
      return null;
    }
    long rows = answer.path("hits").path("total").path("value").asLong();
    Map<String, Long> counts = new HashMap<>();
    for (String name : List.of(Field.TIME, Field.STREAM, Field.STREAM_ID)) {
      counts.put(name, rows);
    }
    for (String column : columns) {
      counts.put(column, found.path("c-" + column).path("doc_count").asLong());
    }
    for (JsonNode bucket : found.path("names").path("buckets")) {
      counts.put(bucket.path("key").asString(), bucket.path("doc_count").asLong());
    }
    return counts;
  }

  private static boolean isCut(JsonNode terms) {
    return terms.path("sum_other_doc_count").asLong() > 0
        || terms.path("doc_count_error_upper_bound").asLong() > 0;
  }

  /** See {@link io.logcaster.storage.BlockSummary#valueCounts}. */
  @Nullable Map<String, FieldValueCounts> values(Set<String> fields, int limit, int maxLength) {
    Map<String, FieldValueCounts> counts = new HashMap<>();
    if (limit >= MAX_BUCKETS) {
      return null;
    }
    if (fields.contains(Field.MESSAGE)) {
      FieldValueCounts messages = messages(limit, maxLength);
      if (messages == null) {
        return null;
      }
      counts.put(Field.MESSAGE, messages);
    }
    List<String> indexed = new ArrayList<>();
    for (String field : new TreeSet<>(fields)) {
      if (!field.equals(Field.MESSAGE)) {
        if (!RecordIndex.isIndexed(field)) {
          return null;
        }
        indexed.add(field);
      }
    }
    for (int from = 0; from < indexed.size(); from += FIELDS_AT_ONCE) {
      List<String> some = indexed.subList(from, Math.min(indexed.size(), from + FIELDS_AT_ONCE));
      if (!add(some, limit, maxLength, counts)) {
        return null;
      }
    }
    return counts;
  }

  private boolean add(
      List<String> fields, int limit, int maxLength, Map<String, FieldValueCounts> counts) {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      asked.add("\"f" + i + "\":" + terms(fields.get(i), limit + 1));
    }
    JsonNode answer = aggregations.ask(asked, Set.copyOf(fields));
    if (answer == null) {
      // Which fields have long values is rarely asked, because it costs a visit to each document.
      asked.add("\"too-long\":{\"terms\":{\"field\":\"long\",\"size\":" + MAX_NAMES + "}}");
      answer = aggregations.ask(asked, Set.of());
    }
    if (answer == null || isCut(answer.path("aggregations").path("too-long"))) {
      return false;
    }
    JsonNode found = answer.path("aggregations");
    Set<String> tooLong = new HashSet<>();
    for (JsonNode bucket : found.path("too-long").path("buckets")) {
      tooLong.add(bucket.path("key").asString());
    }
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      if (tooLong.contains(field)) {
        if (maxLength >= RecordIndex.MAX_VALUE) {
          return false;
        }
        counts.put(field, FieldValueCounts.LIMITED);
      } else {
        counts.put(field, counts(field, found.path("f" + i), limit, maxLength));
      }
    }
    return true;
  }

  private static String terms(String field, int size) {
    String keyword = RecordIndex.KEYWORDS.get(field);
    return (keyword != null)
        ? "{\"terms\":{\"field\":\"%s\",\"size\":%d}}".formatted(keyword, size)
        : "{\"terms\":{\"field\":\"pairs\",\"size\":%d,\"include\":%s}}"
            .formatted(size, Dsl.text(CriterionQuery.quoted(field + "=") + ".*"));
  }

  private static FieldValueCounts counts(String field, JsonNode terms, int limit, int maxLength) {
    if (isCut(terms) || terms.path("buckets").size() > limit) {
      return FieldValueCounts.LIMITED;
    }
    int start = RecordIndex.KEYWORDS.containsKey(field) ? 0 : field.length() + 1;
    Map<String, Long> rows = new HashMap<>();
    for (JsonNode bucket : terms.path("buckets")) {
      String value = bucket.path("key").asString().substring(start);
      if (isLonger(value, maxLength)) {
        return FieldValueCounts.LIMITED;
      }
      rows.put(value, bucket.path("doc_count").asLong());
    }
    return new FieldValueCounts(false, rows);
  }

  private static boolean isLonger(String value, int maxLength) {
    return value.length() > maxLength || value.getBytes(StandardCharsets.UTF_8).length > maxLength;
  }

  /** The index has the words of messages only; null if all of them would have to be read. */
  private @Nullable FieldValueCounts messages(int limit, int maxLength) {
    JsonNode found = aggregations.sample(SAMPLE, RecordIndex.MESSAGE);
    Map<String, Long> rows = new HashMap<>();
    for (JsonNode hit : found.path("hits")) {
      String message = hit.path("_source").path(RecordIndex.MESSAGE).asString("");
      if (!message.isEmpty()) {
        rows.merge(message, 1L, Long::sum);
      }
      if (rows.size() > limit || isLonger(message, maxLength)) {
        return FieldValueCounts.LIMITED;
      }
    }
    boolean isAll = found.path("total").path("value").asLong() <= SAMPLE;
    return isAll ? new FieldValueCounts(false, rows) : null;
  }
}
