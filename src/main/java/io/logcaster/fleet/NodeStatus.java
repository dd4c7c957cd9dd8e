package io.logcaster.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node is, as it says itself. Nodes of later versions may say more.
 *
 * @param name its name; no two nodes should have the same
 * @param roles what it does, such as {@code ingest}
 * @param version such as {@code 1.4.0}
 * @param startedAt when its process started, by its clock
 * @param time when it said this, by its clock
 * @param evaluates whether it evaluates the alert rules
 * @param lag how many batches of its partitions it has not taken yet; null if it takes none
 * @param received records per second that it receives, over the last seconds
 * @param stored records per second that it stores, or writes to Kafka
 * @param records in its storage
 * @param bytes size of its storage
 * @param freeBytes free space of the volume of its storage; null if there is none or it is unknown
 * @param sharedStorage whether other nodes have the same storage
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record NodeStatus(
    String name,
    List<String> roles,
    String version,
    Instant startedAt,
    Instant time,
    Health health,
    boolean evaluates,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lag,
    double received,
    double stored,
    long records,
    long bytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long freeBytes,
    boolean sharedStorage) {

  /**
   * Whether all is well.
   *
   * @param status {@code UP}, {@code DOWN} or {@code OUT_OF_SERVICE}
   * @param reasons the parts that are not up
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Health(String status, List<Reason> reasons) {}

  /**
   * A part that is not up.
   *
   * @param part such as {@code storage}
   * @param text what is wrong with it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Reason(String part, String status, String text) {}
}
