package io.logcaster.query;

import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Times queries against hand-written DSL; see {@code OpenSearchBenchmark}. */
public final class OpenSearchQueryTimes {

  /** A server that runs for a while has compiled its code. */
  private static final int WARM_UP = 400;

  private static final int RUNS = 200;

  private static final String[][] QUERIES = {
    {
      "count by level",
      "* | stats by (level) count() n",
      "{\"size\":0,\"aggs\":{\"g\":{\"terms\":{\"field\":\"level\"}}}}"
    },
    {
      "date histogram",
      "* | stats by (_time:1m) count() n",
      "{\"size\":0,\"aggs\":{\"g\":{\"date_histogram\":{\"field\":\"@timestamp\",\"fixed_interval\":\"1m\"}}}}"
    },
    {
      "terms of a field",
      "level:ERROR | top 10 by (status)",
      "{\"size\":0,\"query\":{\"term\":{\"level\":\"ERROR\"}},\"aggs\":{\"g\":{\"terms\":"
          + "{\"field\":\"pairs\",\"include\":\"status=.*\",\"size\":10}}}}"
    },
    {
      "phrase count",
      "\"authentication failure\" | stats count() n",
      "{\"size\":0,\"track_total_hits\":true,\"query\":"
          + "{\"match_phrase\":{\"message\":\"authentication failure\"}}}"
    },
    {
      "last 100",
      "* | sort by (_time desc) limit 100",
      "{\"size\":100,\"track_total_hits\":false,\"sort\":[{\"@timestamp\":\"desc\"}]}"
    },
  };

  private OpenSearchQueryTimes() {}

  /** Sends DSL and reads the answer. */
  public interface Search {

    long run(String dsl) throws IOException;
  }

  /** Prints the median times of each query and of its DSL. */
  public static void print(LogStorage storage, Search search) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      for (String[] query : QUERIES) {
        Records.trace(storage, query[1]);
        search.run(query[2]);
      }
    }
    for (String[] query : QUERIES) {
      long[] own = new long[RUNS];
      long[] raw = new long[RUNS];
      ScanTrace trace = new ScanTrace();
      for (int i = 0; i < RUNS; i++) {
        long begin = System.nanoTime();
        trace = Records.trace(storage, query[1]);
        own[i] = System.nanoTime() - begin;
        begin = System.nanoTime();
        search.run(query[2]);
        raw[i] = System.nanoTime() - begin;
      }
      Arrays.sort(own);
      Arrays.sort(raw);
      System.out.printf(
          Locale.ROOT,
          "%s: LogCaster %.1f ms, DSL %.1f ms, median of %d: %.2f (least %.1f, %.1f); read %d B%n",
          query[0],
          own[RUNS / 2] / 1e6,
          raw[RUNS / 2] / 1e6,
          RUNS,
          (double) own[RUNS / 2] / raw[RUNS / 2],
          own[0] / 1e6,
          raw[0] / 1e6,
          trace.get(Count.BYTES_READ));
    }
  }
}
