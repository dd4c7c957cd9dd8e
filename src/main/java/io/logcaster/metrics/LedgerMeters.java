package io.logcaster.metrics;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Ledger;
import io.logcaster.work.ThreadFailures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The ledger as meters: {@code logcaster.records} by input, outcome and reason, {@code
 * logcaster.received.bytes} by input, {@code logcaster.notes} by input and what. The meters read
 * the ledger's own counters. Not thread-safe.
 */
final class LedgerMeters {

  private static final String RECORDS = "logcaster.records";

  private final Ledger ledger;
  private final ThreadFailures failures;
  private final MeterRegistry registry;
  private final Set<Tags> known = new HashSet<>();

  LedgerMeters(Ledger ledger, ThreadFailures failures, MeterRegistry registry) {
    this.ledger = ledger;
    this.failures = failures;
    this.registry = registry;
    StageMeters.bind(ledger.latencies(), registry);
  }

  /** Adds meters for inputs and reasons that are new since the last call. */
  void update() {
    failures();
    for (InputMetrics input : ledger.inputs()) {
      records(input, "received", "", InputMetrics::received);
      records(input, "stored", "", InputMetrics::stored);
      records(input, "filtered", "", LedgerMeters::byTheFilter);
      reasons(input, "filtered", InputMetrics::transformed);
      reasons(input, "rejected", InputMetrics::rejected);
      reasons(input, "dropped", InputMetrics::dropped);
      count(
          "logcaster.received.bytes",
          "Bytes received from the network",
          input,
          Tags.of("input", input.id()),
          InputMetrics::bytes);
      for (String what : input.notes().keySet()) {
        count(
            "logcaster.notes",
            "Records that were changed before they were stored",
            input,
            Tags.of("input", input.id(), "what", what),
            (metrics) -> metrics.notes().getOrDefault(what, 0L));
      }
    }
  }

  private static double byTheFilter(InputMetrics metrics) {
    long others = metrics.transformed().values().stream().mapToLong(Long::longValue).sum();
    return Math.max(0, metrics.filtered() - others);
  }

  private void failures() {
    for (String thread : failures.counts().keySet()) {
      if (known.add(Tags.of("thread", thread))) {
        FunctionCounter.builder(
                "logcaster.thread.failures",
                failures,
                (source) -> source.counts().getOrDefault(thread, 0L))
            .description("How often a thread or task of the server failed and was restarted")
            .tags(Tags.of("thread", thread))
            .register(registry);
      }
    }
  }

  private void reasons(
      InputMetrics input, String outcome, Function<InputMetrics, Map<String, Long>> side) {
    for (String reason : side.apply(input).keySet()) {
      records(input, outcome, reason, (metrics) -> side.apply(metrics).getOrDefault(reason, 0L));
    }
  }

  private void records(
      InputMetrics input, String outcome, String reason, ToDoubleFunction<InputMetrics> value) {
    count(
        RECORDS,
        "Records by outcome: received = stored + filtered + rejected + dropped",
        input,
        Tags.of("input", input.id(), "outcome", outcome, "reason", reason),
        value);
  }

  private void count(
      String name,
      String description,
      InputMetrics input,
      Tags tags,
      ToDoubleFunction<InputMetrics> value) {
    if (known.add(tags.and("meter", name))) {
      FunctionCounter.builder(name, input, value)
          .description(description)
          .tags(tags)
          .register(registry);
    }
  }
}
