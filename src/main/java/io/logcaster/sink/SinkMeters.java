package io.logcaster.sink;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What sinks do, by sink: records queued, sent, retried, dropped and waiting, and the lag. */
final class SinkMeters implements MeterBinder {

  private final Sinks sinks;

  SinkMeters(Sinks sinks) {
    this.sinks = sinks;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // The gauge that is always there brings the rows of the others up to date when it is read.
    Rows rows = new Rows(registry);
    Gauge.builder("logcaster.sinks.running", () -> rows.update(sinks.all()))
        .description("Sinks that run")
        .register(registry);
  }

  private static final class Rows {

    private final MultiGauge records;
    private final MultiGauge waiting;
    private final MultiGauge bytes;
    private final MultiGauge lag;
    private final MultiGauge letters;

    Rows(MeterRegistry registry) {
      records =
          MultiGauge.builder("logcaster.sink.records")
              .description("Records queued, sent, retried, buried and dropped since the start")
              .register(registry);
      waiting =
          MultiGauge.builder("logcaster.sink.queue.records")
              .description("Records that wait in the queue of a sink")
              .register(registry);
      bytes =
          MultiGauge.builder("logcaster.sink.queue.size")
              .description("Size of the queue of a sink")
              .baseUnit("bytes")
              .register(registry);
      lag =
          MultiGauge.builder("logcaster.sink.lag")
              .description("For how long the oldest record in the queue has been waiting")
              .baseUnit("seconds")
              .register(registry);
      letters =
          MultiGauge.builder("logcaster.sink.dead.letters")
              .description("Dead letters of a sink")
              .register(registry);
    }

    int update(List<RunningSink> all) {
      List<MultiGauge.Row<?>> counts = new ArrayList<>();
      for (RunningSink sink : all) {
        SinkCounters counters = sink.counters();
        counts.add(count(sink, "queued", "", counters.queued()));
        counts.add(count(sink, "sent", "", counters.sent()));
        counts.add(count(sink, "retried", "", counters.retried()));
        counts.add(count(sink, "buried", "", counters.buried()));
        counters
            .dropped()
            .forEach((reason, count) -> counts.add(count(sink, "dropped", reason, count)));
      }
      records.register(counts, true);
      rows(waiting, all, (sink) -> sink.queue().records());
      rows(bytes, all, (sink) -> sink.queue().bytes());
      rows(lag, all, RunningSink::lagSeconds);
      rows(letters, all, (sink) -> sink.letters().count());
      return all.size();
    }

    private static MultiGauge.Row<?> count(
        RunningSink sink, String result, String reason, long value) {
      return MultiGauge.Row.of(
          Tags.of("sink", sink.definition().name(), "result", result, "reason", reason), value);
    }

    private static void rows(
        MultiGauge gauge, List<RunningSink> all, ToDoubleFunction<RunningSink> value) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      for (RunningSink sink : all) {
        rows.add(MultiGauge.Row.of(Tags.of("sink", sink.definition().name()), sink, value));
      }
      gauge.register(rows, true);
    }
  }
}
