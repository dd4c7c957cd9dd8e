package io.logcaster.metrics;

import io.logcaster.metrics.MetricsSnapshot.Buffer;
import io.logcaster.metrics.MetricsSnapshot.Counts;
import io.logcaster.metrics.MetricsSnapshot.InputCounts;
import io.logcaster.metrics.MetricsSnapshot.NodeFigures;
import io.logcaster.metrics.MetricsSnapshot.Rates;
import io.logcaster.metrics.MetricsSnapshot.Reasons;
import io.logcaster.metrics.MetricsSnapshot.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures of several nodes as those of one. */
final class MergedMetrics {

  private MergedMetrics() {}

  /**
   * A node's figures.
   *
   * @param node its name
   * @param error why they are not those of now; null if they are
   * @param sharedStorage whether other nodes have the same storage
   */
  record Member(
      String node, @Nullable String error, boolean sharedStorage, MetricsSnapshot figures) {}

  /**
   * Merges figures. What a node that is away has counted stays in the totals; it adds nothing to
   * the rates.
   *
   * @param members this node first, each with another name
   */
  static MetricsSnapshot of(List<Member> members) {
    Member own = members.getFirst();
    List<MetricsSnapshot> all = members.stream().map(Member::figures).toList();
    List<MetricsSnapshot> present =
        members.stream().filter((member) -> member.error() == null).map(Member::figures).toList();
    List<InputCounts> inputs = new ArrayList<>();
    members.forEach(
        (member) ->
            member.figures().inputs().forEach((input) -> inputs.add(input.on(member.node()))));
    return new MetricsSnapshot(
        own.figures().time(),
        counts(all),
        rates(present),
        new Reasons(
            sums(all, (each) -> each.reasons().filtered(), new TreeMap<>()),
            sums(all, (each) -> each.reasons().rejected(), new TreeMap<>()),
            sums(all, (each) -> each.reasons().dropped(), new TreeMap<>())),
        sums(all, MetricsSnapshot::levels, new LinkedHashMap<>()),
        inputs,
        (int) sum(present, MetricsSnapshot::connections),
        new Buffer(
            sum(present, (each) -> each.buffer().bytes()),
            sum(present, (each) -> each.buffer().capacity())),
        storage(members),
        own.figures().host(),
        own.figures().alerts(),
        members.stream()
            .map((member) -> NodeFigures.of(member.node(), member.error(), member.figures()))
            .toList());
  }

  private static Counts counts(List<MetricsSnapshot> all) {
    return new Counts(
        sum(all, (each) -> each.totals().received()),
        sum(all, (each) -> each.totals().stored()),
        sum(all, (each) -> each.totals().filtered()),
        sum(all, (each) -> each.totals().rejected()),
        sum(all, (each) -> each.totals().dropped()));
  }

  private static Rates rates(List<MetricsSnapshot> all) {
    return new Rates(
        rate(all, (each) -> each.rates().received()),
        rate(all, (each) -> each.rates().stored()),
        rate(all, (each) -> each.rates().filtered()),
        rate(all, (each) -> each.rates().rejected()),
        rate(all, (each) -> each.rates().dropped()));
  }

  /** A storage that nodes share counts once; the space is that of the node with the least. */
  private static Storage storage(List<Member> members) {
    long records = 0;
    long bytes = 0;
    long sharedRecords = 0;
    long sharedBytes = 0;
    long free = Long.MAX_VALUE;
    for (Member member : members) {
      Storage storage = member.figures().storage();
      if (member.sharedStorage()) {
        sharedRecords = Math.max(sharedRecords, storage.records());
        sharedBytes = Math.max(sharedBytes, storage.bytes());
      } else {
        records += storage.records();
        bytes += storage.bytes();
      }
      free = Math.min(free, storage.freeBytes());
    }
    return new Storage(records + sharedRecords, bytes + sharedBytes, free);
  }

  private static long sum(List<MetricsSnapshot> all, ToLongFunction<MetricsSnapshot> value) {
    return all.stream().mapToLong(value).sum();
  }

  private static double rate(List<MetricsSnapshot> all, ToDoubleFunction<MetricsSnapshot> value) {
    return Math.round(10 * all.stream().mapToDouble(value).sum()) / 10.0;
  }

  private static Map<String, Long> sums(
      List<MetricsSnapshot> all,
      Function<MetricsSnapshot, Map<String, Long>> part,
      Map<String, Long> sums) {
    all.forEach((each) -> part.apply(each).forEach((name, n) -> sums.merge(name, n, Long::sum)));
    return sums;
  }
}
