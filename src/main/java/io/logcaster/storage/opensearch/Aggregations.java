package io.logcaster.storage.opensearch;

import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for aggregations over the records of a scan, with a guard that finds out whether they are
 * exact.
 */
final class Aggregations {

  private final SearchCluster cluster;
  private final String index;
  private final CriterionQuery query;
  private final String found;
  private final ScanTrace trace;

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
    this.trace = trace;
    found = Dsl.and(List.of(query.atMost(), range));
  }

  /**
   * Asks for aggregations.
   *
   * @param aggregations each like {@code "name":{…}}
   * @param wrong a query for documents that make the answer wrong; {@link Dsl#NONE} for none
   * @return the answer; null if it would not be exact
   * @throws UncheckedIOException if the cluster does not answer
   */
  @Nullable JsonNode ask(List<String> aggregations, String wrong) {
    List<String> all = new ArrayList<>(aggregations);
    String guard =
        query.atMost().equals(query.atLeast())
            ? wrong
            : Dsl.or(List.of(Dsl.not(query.atLeast()), wrong));
    if (!guard.equals(Dsl.NONE)) {
      all.add("\"guard\":{\"filter\":" + guard + "}");
    }
    String body =
        "{\"size\":0,\"track_total_hits\":true,\"query\":"
            + found
            + (all.isEmpty() ? "" : ",\"aggs\":{" + String.join(",", all) + "}")
            + "}";
    try {
      JsonNode answer = send(body);
      if (answer.path("aggregations").path("guard").path("doc_count").asLong() > 0) {
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
    return cluster.send("POST", "/" + index + "/_search?allow_partial_search_results=false", body);
  }
}
