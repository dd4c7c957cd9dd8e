package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanRequest.Order;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads found documents page by page. Not thread-safe.
 *
 * <p>Most answers fit on the first page, which is therefore a search like any other. The pages
 * after it are read as of one point in time: what came between the first page and that moment may
 * be found or not, as the contract of a scan allows. Pages continue behind the last document of the
 * one before, by its time and number, or by its number alone where any order will do.
 */
final class RecordPages implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordPages.class);

  /**
   * A query that needs a few rows should not wait for more. A little more than the usual limit of
   * 100: the next page is needed unless the last row is older than the hundredth.
   */
  private static final int FIRST_SIZE = 105;

  /** At most what an index allows by default, and a few megabytes. */
  private static final int MAX_SIZE = 5000;

  /** An answer takes about this much memory, a few times as much while it is read. */
  private static final long PAGE_BYTES = 4 << 20;

  /** Longer than a consumer takes for a page. */
  private static final String KEEP_ALIVE = "5m";

  private final SearchCluster cluster;
  private final String index;
  private final String query;
  private final String source;
  private final Order order;
  private final StreamTexts streams = new StreamTexts();
  private @Nullable String pit;
  private @Nullable RecordPage last;
  private int size;

  /**
   * Creates the reader of a scan.
   *
   * @param columns the fields to read; null for all
   */
  RecordPages(
      SearchCluster cluster,
      String index,
      String query,
      Order order,
      @Nullable Set<String> columns) {
    this.cluster = cluster;
    this.index = index;
    this.query = query;
    this.order = order;
    source = (columns == null) ? "true" : includes(columns);
    size = (order == Order.ANY) ? MAX_SIZE : FIRST_SIZE;
  }

  private String openPointInTime() throws IOException {
    SearchDialect dialect = cluster.dialect();
    return dialect.idOfPointInTime(
        cluster.send("POST", dialect.pointInTime(index, KEEP_ALIVE), null));
  }

  private static String includes(Set<String> columns) {
    Set<String> fields =
        new TreeSet<>(
            Set.of(
                RecordIndex.TIME,
                RecordIndex.NUMBER,
                RecordIndex.STREAM,
                RecordIndex.REST + "." + Field.STREAM));
    for (String column : columns) {
      if (column.equals(Field.MESSAGE)) {
        fields.add(RecordIndex.MESSAGE);
      } else if (RecordIndex.COLUMNS.contains(column)) {
        fields.add(column);
        fields.add(RecordIndex.REST);
      } else if (!column.equals(Field.TIME)
          && !column.equals(Field.STREAM)
          && !column.equals(Field.STREAM_ID)) {
        fields.add(RecordIndex.PAIRS);
        fields.add(RecordIndex.REST);
      }
    }
    StringBuilder out = new StringBuilder("[");
    fields.forEach((field) -> out.append(out.length() > 1 ? "," : "").append(Dsl.text(field)));
    return out.append(']').toString();
  }

  /** The next page; null after the last one. */
  @Nullable RecordPage next() throws IOException {
    RecordPage before = last;
    if (before != null && before.size() < size) {
      return null;
    }
    if (before != null) {
      long each = Math.max(1, before.bytes() / before.size());
      size = (int) Math.clamp(PAGE_BYTES / each, 10, Math.min(MAX_SIZE, size * 4L));
      if (pit == null) {
        pit = openPointInTime();
      }
    }
    String body = request(before);
    try (InputStream answer =
        cluster.open(
            "POST",
            ((pit == null) ? "/" + index : "") + "/_search?allow_partial_search_results=false",
            BodyPublishers.ofString(body),
            "json")) {
      RecordPage page = RecordPage.read(answer, streams);
      if (page.pit() != null) {
        pit = page.pit();
      }
      last = page;
      return (page.size() == 0) ? null : page;
    }
  }

  private String request(@Nullable RecordPage before) {
    boolean isAny = order == Order.ANY;
    String direction = (order == Order.NEWEST_FIRST) ? "desc" : "asc";
    StringBuilder out = new StringBuilder(256);
    out.append("{\"size\":").append(size);
    out.append(",\"track_total_hits\":false,\"_source\":").append(source);
    out.append(",\"query\":").append(query);
    if (pit != null) {
      out.append(",\"pit\":{\"id\":\"").append(pit);
      out.append("\",\"keep_alive\":\"").append(KEEP_ALIVE).append("\"}");
    }
    out.append(",\"sort\":[");
    if (!isAny) {
      out.append("{\"@timestamp\":\"").append(direction).append("\"},");
    }
    out.append("{\"n\":\"").append(direction).append("\"}]");
    if (before != null) {
      int row = before.size() - 1;
      out.append(",\"search_after\":[");
      if (!isAny) {
        out.append(before.batch().times()[row]).append(',');
      }
      out.append(before.numbers()[row]).append(']');
    }
    return out.append('}').toString();
  }

  @Override
  public void close() {
    if (pit == null) {
      return;
    }
    try {
      cluster.send("DELETE", cluster.dialect().closingPath(), cluster.dialect().closing(pit));
    } catch (IOException ex) {
      // It ends by itself soon.
      LOG.debug("A point in time could not be closed", ex);
    }
  }

  /** The fields that a scan reads: for its consumer and for its filter; null for all. */
  static @Nullable Set<String> columns(ScanRequest request) {
    Set<String> wanted = request.columns();
    Set<String> tested = request.filter().fields();
    if (wanted == null || tested == null) {
      return null;
    }
    Set<String> both = new TreeSet<>(wanted);
    both.addAll(tested);
    return both;
  }
}
