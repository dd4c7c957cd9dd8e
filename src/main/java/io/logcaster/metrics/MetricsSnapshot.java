package io.logcaster.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Ledger.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live figures at one moment, as sent to clients.
 *
 * @param totals records since the start
 * @param rates records per second over the last seconds
 * @param reasons why records were filtered, rejected and dropped
 * @param levels stored records by level
 * @param connections connected senders
 * @param nodes the nodes whose figures these are, this one first, whose host and alerts are given;
 *     null for this one alone
 */
public record MetricsSnapshot(
    Instant time,
    Counts totals,
    Rates rates,
    Reasons reasons,
    Map<String, Long> levels,
    List<InputCounts> inputs,
    int connections,
    Buffer buffer,
    Storage storage,
    Host host,
    Alerts alerts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<NodeFigures> nodes) {

  /**
   * The figures of one of several nodes.
   *
   * @param node its name
   * @param error why the figures are not those of now; absent if they are
   * @param totals records since its start
   */
  public record NodeFigures(
      String node,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
      Counts totals,
      Rates rates,
      int connections,
      Buffer buffer,
      Storage storage,
      Host host) {

    static NodeFigures of(String node, @Nullable String error, MetricsSnapshot of) {
      return new NodeFigures(
          node,
          error,
          of.totals(),
          of.rates(),
          of.connections(),
          of.buffer(),
          of.storage(),
          of.host());
    }
  }

  public record Counts(long received, long stored, long filtered, long rejected, long dropped) {

    static Counts of(Totals totals) {
      return new Counts(
          totals.received(),
          totals.stored(),
          totals.filtered(),
          totals.rejected(),
          totals.dropped());
    }
  }

  public record Rates(
      double received, double stored, double filtered, double rejected, double dropped) {

    static final Rates NONE = new Rates(0, 0, 0, 0, 0);

    static Rates between(Counts before, Counts after, double seconds) {
      return new Rates(
          rate(before.received, after.received, seconds),
          rate(before.stored, after.stored, seconds),
          rate(before.filtered, after.filtered, seconds),
          rate(before.rejected, after.rejected, seconds),
          rate(before.dropped, after.dropped, seconds));
    }

    private static double rate(long before, long after, double seconds) {
      return Math.round(10 * Math.max(0, after - before) / seconds) / 10.0;
    }
  }

  /** {@code filtered} has only what transforms removed; the rest is the record filter's. */
  public record Reasons(
      Map<String, Long> filtered, Map<String, Long> rejected, Map<String, Long> dropped) {}

  /**
   * The counters of one input; {@code notes} counts records that were changed before they were
   * stored, {@code node} is the name of its node where there are several.
   */
  public record InputCounts(
      String id,
      long received,
      long stored,
      long filtered,
      long rejected,
      long dropped,
      long bytes,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> notes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String node) {

    InputCounts on(String name) {
      return new InputCounts(id, received, stored, filtered, rejected, dropped, bytes, notes, name);
    }

    static InputCounts of(InputMetrics input) {
      Totals totals = input.totals();
      return new InputCounts(
          input.id(),
          totals.received(),
          totals.stored(),
          totals.filtered(),
          totals.rejected(),
          totals.dropped(),
          input.bytes(),
          input.notes(),
          null);
    }
  }

  public record Buffer(long bytes, long capacity) {}

  public record Storage(long records, long bytes, long freeBytes) {}

  /** In percent; absent before the first reading. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Host(
      @JsonProperty(HostInput.CPU) @Nullable Double cpu,
      @JsonProperty(HostInput.MEMORY) @Nullable Double memory,
      @JsonProperty(HostInput.DISK) @Nullable Double disk) {

    static Host of(@Nullable HostReading reading) {
      return reading == null
          ? new Host(null, null, null)
          : new Host(reading.cpu(), reading.memory(), reading.disk());
    }
  }

  public record Alerts(int firing, int pending) {}
}
