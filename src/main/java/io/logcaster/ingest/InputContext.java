package io.logcaster.ingest;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.Cardinality;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every input works with.
 *
 * @param intake where batches go
 * @param metrics the input's books
 * @param streamFields the names of the stream fields
 * @param zone the zone of times without one
 * @param fields what every record gets that does not have it
 * @param clock the present
 * @param cardinality bounds the streams and names of fields that senders make up
 */
public record InputContext(
    Intake intake,
    InputMetrics metrics,
    List<String> streamFields,
    ZoneId zone,
    Map<String, String> fields,
    Clock clock,
    Cardinality cardinality) {

  public InputContext {
    streamFields = List.copyOf(streamFields);
    fields = Map.copyOf(fields);
  }

  /** What an input works with that adds no fields. */
  public InputContext(
      Intake intake, InputMetrics metrics, List<String> streamFields, ZoneId zone, Clock clock) {
    this(intake, metrics, streamFields, zone, Map.of(), clock, Cardinality.unlimited());
  }

  /** The same with other stream fields. */
  public InputContext withStreamFields(List<String> names) {
    return new InputContext(intake, metrics, names, zone, fields, clock, cardinality);
  }

  /**
   * The same with fields that are added.
   *
   * @param otherZone the zone of times without one; null for the same
   */
  public InputContext with(Map<String, String> added, @Nullable ZoneId otherZone) {
    return new InputContext(
        intake,
        metrics,
        streamFields,
        (otherZone == null) ? zone : otherZone,
        added,
        clock,
        cardinality);
  }

  /** The present in nanoseconds since the epoch. */
  public long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * A writer of records.
   *
   * @param sender what {@code host} becomes where a record has none; empty to leave it absent
   */
  public RecordWriter writer(String sender) {
    return new RecordWriter(
        streamFields,
        new LocalTimes(zone),
        sender.isEmpty() ? null : Bytes.ascii(sender),
        fields,
        cardinality);
  }
}
