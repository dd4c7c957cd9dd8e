package io.logcaster.storage.opensearch;

import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks for aggregations over the records of a scan, and whether they are exact. */
final class Aggregations {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private final SearchCluster cluster;
  private final String index;
  private final CriterionQuery query;
  private final String range;
  private final String found;
  private final ScanTrace trace;

  /**
   * Makes the same copies of shards answer all searches, so that a later one sees all that an
   * earlier one counted.
   */
  private final String preference = "c" + (NEXT.getAndIncrement() & 15);

  /**
   * Creates it for the records that meet a condition.
   *
   * @param range the query for their times
   * @param trace is told what was asked
   */
  Aggregations(
      SearchCluster cluster, String index, CriterionQuery query, String range, ScanTrace trace) {
    this.cluster = cluster;
    this.index = index;
    this.query = query;
    this.range = range;
    this.trace = trace;
    found = Dsl.and(List.of(query.atMost(), range));
  }

  /** Whether the query finds exactly the records of the scan, whatever their values. */
  boolean isSure() {
    return query.unsure().equals(Dsl.NONE);
  }

  /**
   * Asks for aggregations.
   *
   * @param aggregations each like {@code "name":{…}}
   * @param fields their values must all be in the index
   * @return the answer; null if it would not be exact
   * @throws UncheckedIOException if the cluster does not answer
   */
  @Nullable JsonNode ask(List<String> aggregations, Set<String> fields) {
    String all = aggregations.isEmpty() ? "" : ",\"aggs\":{" + String.join(",", aggregations) + "}";
    String body = "{\"size\":0,\"track_total_hits\":true,\"query\":" + found + all + "}";
    String wrong =
        fields.isEmpty() ? query.unsure() : Dsl.or(List.of(query.unsure(), tooLong(fields)));
    try {
      JsonNode answer = wrong.equals(Dsl.NONE) ? send(body) : guarded(body, wrong);
      if (answer == null) {
        return null;
      }
      trace.aggregated("{" + String.join(",", aggregations) + "}");
      return answer;
    } catch (RefusedException ex) {
      if (ex.is("too_many_buckets")) {
        return null;
      }
      throw new UncheckedIOException(ex);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /**
   * Whether no value of the fields is too long for the index, in any record of the scan that was
   * counted before the call.
   */
  boolean areIndexed(Set<String> fields) {
    try {
      return !finds(tooLong(fields));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static String tooLong(Set<String> fields) {
    return Dsl.terms(RecordIndex.LONG, fields);
  }

  /** Whether a record of the scan meets a condition. */
  private boolean finds(String condition) throws IOException {
    return hits(send(guard(Dsl.and(List.of(found, condition))))) > 0;
  }

  private static String guard(String condition) {
    return "{\"size\":0,\"track_total_hits\":1,\"query\":" + condition + "}";
  }

  private static long hits(JsonNode answer) {
    return answer.path("hits").path("total").path("value").asLong();
  }

  /**
   * Asks for aggregations, and then whether a document makes them wrong: a filter among the
   * aggregations would make the cluster visit each document. At first it asks for documents of the
   * whole time range, because the condition of the scan may cost much, and mostly there are none.
   */
  private @Nullable JsonNode guarded(String body, String wrong) throws IOException {
    String header = "{\"preference\":\"" + preference + "\"}\n";
    String guard = guard(Dsl.and(List.of(range, wrong)));
    String path = "/" + index + "/_msearch?max_concurrent_searches=1";
    JsonNode answers;
    try (InputStream answer =
        cluster.open(
            "POST",
            path,
            BodyPublishers.ofString(header + body + "\n" + header + guard + "\n"),
            "x-ndjson")) {
      answers = SearchCluster.JSON.readTree(answer).path("responses");
    } catch (JacksonException ex) {
      throw new IOException("The answer to " + path + " is not JSON: " + ex.getMessage(), ex);
    }
    for (int i = 0; i < 2; i++) {
      JsonNode answer = answers.path(i);
      if (answer.has("error") || !answer.has("hits")) {
        throw new RefusedException(path, answer.path("status").asInt(500), answer.toString());
      }
      if (answer.path("_shards").path("failed").asInt() > 0
          || answer.path("timed_out").asBoolean()) {
        throw new RefusedException(path, 503, answer.path("_shards").toString());
      }
    }
    boolean isWrong = hits(answers.path(1)) > 0 && (range.equals(found) || finds(wrong));
    return isWrong ? null : answers.path(0);
  }

  /** Some found documents, no matter which, with one field. */
  JsonNode sample(int size, String field) {
    try {
      return send("{\"size\":%d,\"track_total_hits\":%d,\"sort\":[\"_doc\"],\"_source\":[\"%s\"],\"query\":%s}"
              .formatted(size, size + 1, field, found))
          .path("hits");
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private JsonNode send(String body) throws IOException {
    return cluster.send(
        "POST",
        "/" + index + "/_search?allow_partial_search_results=false&preference=" + preference,
        body);
  }
}
