package io.logcaster.alert.live;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All watches as they are applied to batches, by a value or a word that they require: those whose
 * value or word does not occur in a batch are not looked at. Immutable.
 */
final class LivePlan {

  static final LivePlan EMPTY = new LivePlan();

  private final BatchValues.Wanted wanted = new BatchValues.Wanted();
  private final Map<String, Map<Integer, List<Entry>>> byValue = new HashMap<>();
  private final Map<Integer, List<Entry>> byWord = new HashMap<>();
  private final List<Entry> others = new ArrayList<>();
  private final List<LiveWatch> watches = new ArrayList<>();

  private LivePlan() {}

  /** One watch. */
  private static final class Entry {

    final LiveWatch watch;
    final Requirements.Places places;
    final String[] rules;
    final long[] limits;

    /**
     * @param limits for each rule, the number of records of a group that matters to it
     */
    Entry(LiveWatch watch, Map<String, Long> limits, Requirements.Places places) {
      this.watch = watch;
      this.places = places;
      this.rules = limits.keySet().toArray(String[]::new);
      this.limits = new long[rules.length];
      for (int i = 0; i < rules.length; i++) {
        this.limits[i] = limits.getOrDefault(rules[i], 1L);
      }
    }

    void take(RecordBatch batch, BatchValues values, Instant now, Consumer<String> found) {
      long largest = watch.take(batch, values, places, now);
      if (largest > 0) {
        for (int i = 0; i < rules.length; i++) {
          if (largest >= limits[i]) {
            found.accept(rules[i]);
          }
        }
      }
    }
  }

  /** Receives the watches of a plan. */
  static final class Builder {

    private final LivePlan plan = new LivePlan();

    /**
     * @param limits for each rule, the number of records of a group that matters to it
     */
    void add(LiveWatch watch, Map<String, Long> limits) {
      Requirements.Places places = watch.requirements().in(plan.wanted);
      Entry entry = new Entry(watch, limits, places);
      plan.watches.add(watch);
      int values = places.fields().length;
      if (values > 0) {
        // The last value is as good as any, and often says more than the level.
        plan.byValue
            .computeIfAbsent(places.fields()[values - 1], (field) -> new HashMap<>())
            .computeIfAbsent(places.values()[values - 1], (index) -> new ArrayList<>())
            .add(entry);
      } else if (places.words().length > 0) {
        plan.byWord.computeIfAbsent(places.words()[0], (index) -> new ArrayList<>()).add(entry);
      } else {
        plan.others.add(entry);
      }
    }

    LivePlan build() {
      return plan;
    }
  }

  boolean isEmpty() {
    return watches.isEmpty();
  }

  List<LiveWatch> watches() {
    return watches;
  }

  /**
   * Counts the records of a batch.
   *
   * @param found receives the rules for which a group has enough records
   */
  void take(RecordBatch batch, Instant now, Consumer<String> found) {
    BatchValues values = new BatchValues(batch, wanted);
    byValue.forEach(
        (field, byIndex) -> take(values.having(field), byIndex, batch, values, now, found));
    if (!byWord.isEmpty()) {
      take(values.words(), byWord, batch, values, now, found);
    }
    others.forEach((entry) -> entry.take(batch, values, now, found));
  }

  private static void take(
      @Nullable Bitmap[] having,
      Map<Integer, List<Entry>> byIndex,
      RecordBatch batch,
      BatchValues values,
      Instant now,
      Consumer<String> found) {
    for (int index = 0; index < having.length; index++) {
      if (having[index] != null) {
        for (Entry entry : byIndex.getOrDefault(index, List.of())) {
          entry.take(batch, values, now, found);
        }
      }
    }
  }
}
