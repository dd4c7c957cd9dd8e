package io.logcaster.ingest;

import io.logcaster.delivery.DeliveryNotes;
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
 * The dependencies of an input.
 *
 * @param intake receives the batches
 * @param metrics the input's counters
 * @param streamFields the names of the stream fields
 * @param zone the zone of times that have none
 * @param fields fields that are added to every record that lacks them
 * @param clock the source of the current time
 * @param cardinality limits the numbers of streams and field names
 * @param deliveries takes note of the numbers that senders give to what they send
 */
public record InputContext(
    Intake intake,
    InputMetrics metrics,
    List<String> streamFields,
    ZoneId zone,
    Map<String, String> fields,
    Clock clock,
    Cardinality cardinality,
    DeliveryNotes deliveries) {

  public InputContext {
    streamFields = List.copyOf(streamFields);
    fields = Map.copyOf(fields);
  }

  /** A context without added fields and notes of deliveries. */
  public InputContext(
      Intake intake, InputMetrics metrics, List<String> streamFields, ZoneId zone, Clock clock) {
    this(
        intake,
        metrics,
        streamFields,
        zone,
        Map.of(),
        clock,
        Cardinality.unlimited(),
        DeliveryNotes.NONE);
  }

  /** A copy with other stream fields. */
  public InputContext withStreamFields(List<String> names) {
    return new InputContext(intake, metrics, names, zone, fields, clock, cardinality, deliveries);
  }

  /**
   * A copy with other added fields.
   *
   * @param otherZone the zone of times that have none; null to keep the present one
   */
  public InputContext with(Map<String, String> added, @Nullable ZoneId otherZone) {
    return new InputContext(
        intake,
        metrics,
        streamFields,
        (otherZone == null) ? zone : otherZone,
        added,
        clock,
        cardinality,
        deliveries);
  }

  /** The current time in nanoseconds since the epoch. */
  long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /**
   * Creates a writer of records.
   *
   * @param sender the value of {@code host} for records without one; empty to leave it absent
   */
  RecordWriter writer(String sender) {
    return new RecordWriter(
        streamFields,
        new LocalTimes(zone),
        sender.isEmpty() ? null : Bytes.ascii(sender),
        fields,
        cardinality);
  }
}
