package io.logcaster.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How far an input that fetches messages is behind its source, as a gauge. */
public final class InputMeters implements MeterBinder {

  private final Input input;

  public InputMeters(Input input) {
    this.input = input;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("logcaster.input.lag", input, Input::lag)
        .description("Messages that wait at the source; -1 if unknown")
        .tag("input", input.stats().id())
        .register(registry);
  }
}
