package io.logcaster.storage.opensearch;

import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * Numbers of records, none of which two servers use. The document {@code numbers} has a {@code
 * session}, which counts how often a server asked for some: it may use 2^40 numbers from {@code
 * session * 2^40} on. Thread-safe.
 */
final class RecordNumbers {

  private static final int BITS = 40;

  private static final String ID = "numbers";

  private final SearchCluster cluster;
  private final String index;
  private long next;
  private long last = -1;

  RecordNumbers(SearchCluster cluster, String index) {
    this.cluster = cluster;
    this.index = index;
  }

  /** Reserves numbers; returns the first of them. */
  synchronized long take(int count) throws IOException {
    if (last - next + 1 < count) {
      begin();
    }
    long first = next;
    next += count;
    return first;
  }

  /** Makes the next numbers larger than one that another server used. */
  synchronized void exceed(long number) {
    if (number >= next) {
      last = next - 1;
    }
  }

  /** Begins a session, with larger numbers than all that were begun before. */
  synchronized void begin() throws IOException {
    while (true) {
      JsonNode found = cluster.find("/" + index + "/_doc/" + ID);
      boolean exists = found != null && found.path("found").asBoolean();
      long session =
          (found != null && exists) ? found.path("_source").path("session").asLong() + 1 : 1;
      String condition =
          (found != null && exists)
              ? "?if_seq_no="
                  + found.path("_seq_no").asLong()
                  + "&if_primary_term="
                  + found.path("_primary_term").asLong()
              : "?op_type=create";
      try {
        cluster.send(
            "PUT", "/" + index + "/_doc/" + ID + condition, "{\"session\":" + session + "}");
        next = session << BITS;
        last = next + (1L << BITS) - 1;
        return;
      } catch (RefusedException ex) {
        if (ex.status() != 409) {
          throw ex;
        }
        // Another server took this session.
      }
    }
  }
}
