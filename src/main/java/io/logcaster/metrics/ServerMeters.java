package io.logcaster.metrics;

import io.logcaster.alert.AlertCounts;
import io.logcaster.pipeline.Pipeline;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.StorageUpkeep;
import io.logcaster.system.OpenStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/** The server's current state, as gauges. */
final class ServerMeters implements MeterBinder {

  private final Pipeline pipeline;
  private final LogStorage storage;
  private final AlertCounts alerts;
  private final OpenStreams streams;

  ServerMeters(Pipeline pipeline, LogStorage storage, AlertCounts alerts, OpenStreams streams) {
    this.pipeline = pipeline;
    this.storage = storage;
    this.alerts = alerts;
    this.streams = streams;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bytes(
        registry,
        "buffer.used",
        "Batches between the inputs and the disk",
        pipeline::bufferedBytes);
    bytes(registry, "buffer.capacity", "Capacity of the buffer", pipeline::bufferCapacity);
    gauge(registry, "buffer.batches", "Batches that wait", pipeline::queuedBatches);
    gauge(registry, "storage.records", "Records stored", () -> storage.stats().records());
    bytes(registry, "storage.used", "Bytes used by records", () -> storage.stats().bytes());
    bytes(registry, "storage.free", "Free space on the volume", () -> storage.stats().freeBytes());
    gauge(
        registry,
        "storage.read.only",
        "1 while the storage accepts no records, else 0",
        () -> storage.stats().readOnly() ? 1 : 0);
    gauge(registry, "storage.damage", "Damaged places found since the start", this::damage);
    gauge(registry, "alerts.firing", "Firing alerts", alerts::firing);
    gauge(registry, "alerts.pending", "Pending alerts", alerts::pending);
    gauge(registry, "streams.open", "Live tails, metrics and alert streams", streams::count);
  }

  private int damage() {
    return (storage instanceof StorageUpkeep upkeep) ? upkeep.damage().size() : 0;
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, Supplier<Number> value) {
    Gauge.builder("logcaster." + name, value).description(description).register(registry);
  }

  private static void bytes(
      MeterRegistry registry, String name, String description, Supplier<Number> value) {
    Gauge.builder("logcaster." + name, value)
        .description(description)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }
}
