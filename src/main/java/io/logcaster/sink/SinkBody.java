package io.logcaster.sink;

import static io.logcaster.system.ProblemException.invalidProperty;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A sink in a request. Clients may send back the properties that the server adds.
 *
 * @param id chosen by the server
 * @param type such as {@code file}
 * @param enabled true by default
 * @param filter a filter of the query language; all records without one
 * @param from {@code now}, or a time from which on the store is sent; for a new sink only
 * @param batchSize how many records are sent at once
 * @param linger how long to wait for them, such as {@code 1s}
 */
@JsonIgnoreProperties({
  "state",
  "queued",
  "queuedBytes",
  "sent",
  "retried",
  "dropped",
  "deadLetters",
  "lagSeconds",
  "lastError",
  "readOnly"
})
record SinkBody(
    @Nullable String id,
    @Nullable String name,
    @Nullable String type,
    @Nullable Boolean enabled,
    @Nullable String filter,
    @Nullable String from,
    @Nullable Integer batchSize,
    @Nullable String linger,
    @Nullable Queue queue,
    @Nullable Map<String, Object> options) {

  private static final int MAX_NAME = 200;
  private static final int MAX_FILTER = 20_000;
  private static final int MAX_BATCH = 1_000_000;
  private static final Duration MAX_LINGER = Duration.ofHours(24);

  /** Less would be a few batches. */
  private static final long MIN_QUEUE = 1L << 20;

  static final String DEFAULT_QUEUE = "256MB";

  /**
   * The queue of a sink.
   *
   * @param maxBytes how large it may become, such as {@code 256MB}
   * @param whenFull {@code drop-oldest}, {@code drop-newest} or {@code block}
   */
  record Queue(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String maxBytes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WhenFull whenFull) {}

  /**
   * The sink that is meant.
   *
   * @throws io.logcaster.system.ProblemException 400 {@code invalid_property}
   */
  SinkDefinition definition(String newId, SinkTypes types) {
    String given = name == null ? "" : name.strip();
    if (given.isEmpty() || given.length() > MAX_NAME) {
      throw invalidProperty("name", "is required, with at most " + MAX_NAME + " characters");
    }
    SinkType known = types.require(type == null ? "" : type);
    String wanted = filter == null ? "" : filter.strip();
    if (wanted.length() > MAX_FILTER) {
      throw invalidProperty("filter", "must not be longer than 20,000 characters");
    }
    int batch = batchSize == null ? known.batchSize() : batchSize;
    if (batch < 1 || batch > MAX_BATCH) {
      throw invalidProperty("batchSize", "must be between 1 and 1,000,000");
    }
    Duration wait = linger == null ? known.linger() : SinkTimes.duration("linger", linger);
    if (wait.compareTo(MAX_LINGER) > 0) {
      throw invalidProperty("linger", "must not be longer than 24h");
    }
    WhenFull full = queue == null ? null : queue.whenFull();
    SortedMap<String, Object> chosen = new TreeMap<>(options == null ? Map.of() : options);
    return new SinkDefinition(
        newId,
        given,
        known.name(),
        enabled == null || enabled,
        wanted,
        from == null || from.isBlank() ? "now" : from.strip(),
        batch,
        wait,
        bytes(queue == null ? null : queue.maxBytes()),
        full == null ? WhenFull.DROP_OLDEST : full,
        chosen,
        false,
        null);
  }

  private static long bytes(@Nullable String text) {
    long bytes;
    try {
      bytes = DataSize.parse(text == null ? DEFAULT_QUEUE : text.strip()).toBytes();
    } catch (IllegalArgumentException ex) {
      throw invalidProperty("queue.maxBytes", "must be a size such as 256MB");
    }
    if (bytes < MIN_QUEUE) {
      throw invalidProperty("queue.maxBytes", "must be at least 1MB");
    }
    return bytes;
  }
}
