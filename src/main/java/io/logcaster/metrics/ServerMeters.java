package io.logcaster.metrics;

import io.logcaster.alert.AlertCounts;
import io.logcaster.pipeline.Pipeline;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.StorageUpkeep;
import io.logcaster.storage.TierStatus;
import io.logcaster.system.OpenStreams;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

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
    if (storage instanceof StorageUpkeep upkeep && upkeep.tier() != null) {
      bindTier(registry, upkeep);
    }
    gauge(registry, "alerts.firing", "Firing alerts", alerts::firing);
    gauge(registry, "alerts.pending", "Pending alerts", alerts::pending);
    gauge(registry, "streams.open", "Live tails, metrics and alert streams", streams::count);
  }

  private static void bindTier(MeterRegistry registry, StorageUpkeep upkeep) {
    Supplier<TierStatus> tier = () -> Objects.requireNonNull(upkeep.tier());
    gauge(registry, "tier.segments", "Segments in object storage", () -> tier.get().segments());
    bytes(registry, "tier.used", "Bytes of segments there", () -> tier.get().bytes());
    gauge(registry, "tier.pending", "Segments on their way there", () -> tier.get().pending());
    gauge(
        registry,
        "tier.failing",
        "1 while segments cannot be moved there, else 0",
        () -> (tier.get().failure() == null) ? 0 : 1);
    bytes(registry, "tier.cache.used", "Fetched parts on disk", () -> tier.get().cacheBytes());
    counter(registry, "tier.cache.hits", "Parts found on disk", upkeep, TierStatus::hits);
    counter(registry, "tier.cache.misses", "Parts not found there", upkeep, TierStatus::misses);
    counter(registry, "tier.fetched", "Bytes fetched", upkeep, TierStatus::fetchedBytes);
  }

  /** The registry holds the counted object weakly, so this must be one that lives. */
  private static void counter(
      MeterRegistry registry,
      String name,
      String description,
      StorageUpkeep upkeep,
      ToLongFunction<TierStatus> value) {
    FunctionCounter.builder(
            "logcaster." + name,
            upkeep,
            (storage) -> value.applyAsLong(Objects.requireNonNull(storage.tier())))
        .description(description)
        .register(registry);
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
