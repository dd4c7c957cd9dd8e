package io.logcaster.metrics;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures the machine and stores each reading as a record. */
final class HostInput implements Runnable {

  static final String APP = "host-metrics";
  static final String CPU = "cpu_usage";
  static final String MEMORY = "memory_usage";
  static final String DISK = "disk_io";

  private final Supplier<@Nullable HostReading> probe;
  private final OwnRecords records;
  private volatile @Nullable HostReading latest;

  /**
   * @param probe measures between calls, so its first reading may be null
   */
  HostInput(Supplier<@Nullable HostReading> probe, OwnRecords records) {
    this.probe = probe;
    this.records = records;
  }

  /** The latest reading; null before the first. */
  @Nullable HostReading latest() {
    return latest;
  }

  /** Takes a reading. */
  @Override
  public void run() {
    HostReading reading = probe.get();
    if (reading == null) {
      return;
    }
    latest = reading;
    var _ = records.offer(record(reading)); // its outcome is counted; nothing waits for it
  }

  private RecordBatch record(HostReading reading) {
    RecordBatchBuilder builder = RecordBatch.builder(records.streamFields());
    builder.arrivalTime(OwnRecords.nanos(records.clock().instant()));
    builder.value(builder.column("app"), APP);
    builder.value(builder.column("host"), records.host().get());
    builder.value(builder.column(CPU), percent(reading.cpu()));
    builder.value(builder.column(MEMORY), percent(reading.memory()));
    builder.value(builder.column(DISK), percent(reading.disk()));
    builder.value(
        RecordBatchBuilder.MESSAGE,
        "cpu %s%%, memory %s%%, busiest disk %s%%"
            .formatted(percent(reading.cpu()), percent(reading.memory()), percent(reading.disk())));
    builder.end();
    return builder.build();
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
