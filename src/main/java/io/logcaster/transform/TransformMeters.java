package io.logcaster.transform;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The counters of transforms as meters: {@code logcaster.transform.records} by name and outcome,
 * {@code logcaster.transform.redacted} by name and kind. Thread-safe.
 */
final class TransformMeters implements MeterBinder, TransformMetrics.Listener {

  private final TransformMetrics metrics;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private volatile @Nullable MeterRegistry registry;

  TransformMeters(TransformMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    registry = meters;
    metrics.watch(this);
  }

  @Override
  public void added(String name, TransformCounters counters) {
    records(name, "in", counters, TransformCounters::in);
    records(name, "dropped", counters, TransformCounters::dropped);
    records(name, "error", counters, TransformCounters::errors);
  }

  private void records(
      String name,
      String outcome,
      TransformCounters counters,
      ToDoubleFunction<TransformCounters> value) {
    MeterRegistry meters = registry;
    if (meters != null && known.add(name + '\n' + outcome)) {
      FunctionCounter.builder("logcaster.transform.records", counters, value)
          .description("Records that a transform selected, dropped, or could not change")
          .tags(Tags.of("name", name, "outcome", outcome))
          .register(meters);
    }
  }

  @Override
  public void redacted(String name, String kind, TransformCounters counters) {
    MeterRegistry meters = registry;
    if (meters != null && known.add(name + "\n\n" + kind)) {
      FunctionCounter.builder(
              "logcaster.transform.redacted", counters, (source) -> source.redacted(kind))
          .description("Redacted values")
          .tags(Tags.of("name", name, "kind", kind))
          .register(meters);
    }
  }
}
