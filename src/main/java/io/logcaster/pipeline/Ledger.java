package io.logcaster.pipeline;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.Severity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The counters of all inputs since the server started. Whenever nothing is in flight, received =
 * stored + filtered + rejected + dropped, for each input and so for the {@linkplain #totals()
 * totals}.
 */
public final class Ledger {

  private final ConcurrentSkipListMap<String, InputMetrics> inputs = new ConcurrentSkipListMap<>();

  /** Stored records by severity number, 0 for none. */
  private final LongAdder[] severities =
      Stream.generate(LongAdder::new).limit(25).toArray(LongAdder[]::new);

  private final StageLatencies latencies = new StageLatencies();

  /** How long batches take. */
  public StageLatencies latencies() {
    return latencies;
  }

  /**
   * The counters of an input, created at the first call.
   *
   * @param id the input's name, such as {@code tcp}
   */
  public InputMetrics open(String id) {
    return inputs.computeIfAbsent(id, InputMetrics::new);
  }

  /** The counters of all inputs, by name. */
  public Collection<InputMetrics> inputs() {
    return List.copyOf(inputs.values());
  }

  /** The sums over all inputs. */
  public Totals totals() {
    Totals totals = new Totals(0, 0, 0, 0, 0);
    for (InputMetrics input : inputs.values()) {
      totals = totals.plus(input.totals());
    }
    return totals;
  }

  /** Filtered records of all inputs that transforms removed, by reason. */
  public Map<String, Long> transformed() {
    return byReason(InputMetrics::transformed);
  }

  /** Rejected records of all inputs by reason. */
  public Map<String, Long> rejected() {
    return byReason(InputMetrics::rejected);
  }

  /** Dropped records of all inputs by reason. */
  public Map<String, Long> dropped() {
    return byReason(InputMetrics::dropped);
  }

  private Map<String, Long> byReason(Function<InputMetrics, Map<String, Long>> side) {
    Map<String, Long> sums = new TreeMap<>();
    for (InputMetrics input : inputs.values()) {
      side.apply(input).forEach((reason, count) -> sums.merge(reason, count, Long::sum));
    }
    return sums;
  }

  /** Stored records by level, in the order of the six names, without records that have no level. */
  public Map<String, Long> levels() {
    Map<String, Long> levels = new LinkedHashMap<>();
    Severity.NAMES.forEach((name) -> levels.put(name, 0L));
    for (int number = 1; number < severities.length; number++) {
      levels.merge(Severity.name(number), severities[number].sum(), Long::sum);
    }
    return levels;
  }

  void countLevels(RecordBatch batch) {
    int[] counts = new int[severities.length];
    for (int row = 0; row < batch.size(); row++) {
      counts[batch.severity(row)]++;
    }
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        severities[number].add(counts[number]);
      }
    }
  }

  /**
   * The five counters of the equation.
   *
   * @param received every record that reached an input
   * @param stored durable in the storage
   * @param filtered removed by the record filter or by transforms
   * @param rejected refused because of their content
   * @param dropped lost for lack of space or because the storage failed
   */
  public record Totals(long received, long stored, long filtered, long rejected, long dropped) {

    Totals plus(Totals other) {
      return new Totals(
          received + other.received,
          stored + other.stored,
          filtered + other.filtered,
          rejected + other.rejected,
          dropped + other.dropped);
    }

    /** Records whose outcome is not known yet; never negative if the counters were read at rest. */
    long inFlight() {
      return received - stored - filtered - rejected - dropped;
    }

    @Override
    public String toString() {
      return "received %d = stored %d + filtered %d + rejected %d + dropped %d%s"
          .formatted(
              received,
              stored,
              filtered,
              rejected,
              dropped,
              (inFlight() == 0) ? "" : " + in flight " + inFlight());
    }
  }
}
